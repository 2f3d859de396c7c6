// The sizes of what a page loads, as the README quotes them; `--update` writes them there.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

/** Ceilings in bytes of `gzip -9`; docs/decisions/001 and 011 say why the SDK is three scripts. */
const FILES = [
  { file: "vitrine.js", what: "the tag: tracking, data layer, consent, identity, outbox", ceiling: 12_000 },
  {
    file: "vitrine-personal.js",
    what: "which it loads: profile, rules, slots, JSON-LD, push",
    ceiling: 16_000,
  },
  {
    file: "vitrine-actions.js",
    what: "which that loads when a rule needs it: prefill, buy again, stock, surveys …",
    ceiling: 8_500,
  },
  {
    file: "vitrine-worker.js",
    what: "for a shop's own service worker: sends what pages left, opens the shop offline",
    ceiling: 12_000,
  },
  {
    file: "vitrine-inspector.js",
    what: "the in-page inspector, loaded when a developer opens it",
    ceiling: 15_000,
  },
  {
    file: "pair.js",
    what: "the page on which a phone pairs with a kiosk",
    ceiling: 6_000,
  },
  { file: "first-paint.js", what: "the inline first-paint reader, with the default style", ceiling: 1_500 },
];

const README = new URL("../README.md", import.meta.url);
const BUNDLES = new URL("../packages/browser/dist/bundle/", import.meta.url);
const [START, END] = ["<!-- sizes -->", "<!-- /sizes -->"] as const;

/** Bytes of one bundle. */
export interface Size {
  file: string;
  gzip: number;
  ceiling: number;
}

/** Measures the bundles. */
export function measureSizes(): Size[] {
  return FILES.map(({ file, ceiling }) => ({
    file,
    ceiling,
    gzip: gzipSync(read(file), { level: 9 }).length,
  }));
}

/** The README's table of sizes. */
export function sizesTable(): string {
  const rows = FILES.map(({ file, what }) => {
    const bytes = read(file);
    const sizes = [gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes).length, bytes.length];
    return `| \`${file}\` | ${what} | ${sizes.map((size) => size.toLocaleString("en-US")).join(" | ")} |`;
  });
  return [
    "| file | what it is | gzip -9 | brotli | plain |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}

/** The table as the README has it now. */
export function quotedTable(): string {
  const readme = readFileSync(README, "utf8");
  return readme.slice(readme.indexOf(START) + START.length, readme.indexOf(END)).trim();
}

/** The bundle of that name, which may have a hash in it: `vitrine-personal.01234567.js`. */
function read(file: string): Buffer {
  const name = readdirSync(BUNDLES).find((found) => found.replace(/\.[0-9a-f]{8}\./, ".") === file);
  return readFileSync(new URL(name ?? file, BUNDLES));
}

if (process.argv.includes("--update")) {
  const readme = readFileSync(README, "utf8");
  const [before, after] = [
    readme.slice(0, readme.indexOf(START) + START.length),
    readme.slice(readme.indexOf(END)),
  ];
  writeFileSync(README, `${before}\n${sizesTable()}\n${after}`);
  console.log(sizesTable());
}

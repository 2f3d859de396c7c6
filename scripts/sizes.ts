// The sizes of what a page loads, as the README quotes them; `--update` writes them there.
import { readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

/** Ceilings in bytes of `gzip -9`; docs/decisions/001 says why the first one is not the design's 12,000. */
const FILES = [
  {
    file: "vitrine.js",
    what: "the whole SDK: tracking, outbox, consent, rules, slots, prefill, push",
    ceiling: 25_600,
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

function read(file: string): Buffer {
  return readFileSync(new URL(file, BUNDLES));
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

import { readFileSync } from "node:fs";
import { compressedSize, type Size } from "../support/compressedSize.ts";
import { GROWTHBOOK, SCRIPTS, SEGMENT } from "../support/scripts.ts";
import { weighModules } from "../support/weighModules.ts";
import type { Figure, Workload } from "../support/Workload.ts";

const MAX_GZIP_BYTES = { vitrine: 12_000, firstPaint: 1_500 };

/** Bytes of what a browser loads, beside peers that each do part of it, and what our parts weigh. */
export const bundleBytes: Workload = {
  name: "bundleBytes",
  about:
    "bytes a browser loads, beside peers that do part of the same; then vitrine.js by part (its share of the gzip, beside minified)",
  run: async () => {
    const vitrine = weigh(SCRIPTS.vitrine);
    const segment = weigh(SCRIPTS.segment);
    const growthbook = weigh(SCRIPTS.growthbook);
    const firstPaint = weigh(SCRIPTS.firstPaint);
    const parts = await weighModules("vitrine.js", partOf);
    return [
      {
        ...besideFigure("vitrine.js", "gzip", vitrine, { what: SEGMENT, size: segment }),
        ...budget(vitrine, MAX_GZIP_BYTES.vitrine),
      },
      besideFigure("vitrine.js", "gzip", vitrine, { what: GROWTHBOOK, size: growthbook }),
      besideFigure("vitrine.js", "brotli", vitrine, { what: GROWTHBOOK, size: growthbook }),
      besideFigure("vitrine.js", "minified", vitrine, { what: GROWTHBOOK, size: growthbook }),
      {
        what: "first-paint.js, gzip",
        value: firstPaint.gzip,
        unit: "bytes",
        ...budget(firstPaint, MAX_GZIP_BYTES.firstPaint),
      },
      { what: "first-paint.js, brotli", value: firstPaint.brotli, unit: "bytes" },
      { what: "first-paint.js, minified", value: firstPaint.minified, unit: "bytes" },
      ...parts.map(({ name, minified, gzip }) => ({
        what: `  ${name}`,
        value: gzip,
        unit: "bytes",
        beside: { what: "minified", value: minified },
      })),
    ];
  },
};

const weigh = (file: string): Size => compressedSize(readFileSync(file));

function budget({ gzip }: Size, maxBytes: number): Pick<Figure, "budget"> {
  return { budget: { text: `≤ ${maxBytes.toLocaleString("en-GB")} bytes`, isKept: gzip <= maxBytes } };
}

function besideFigure(
  name: string,
  kind: keyof Size,
  ours: Size,
  peer: { what: string; size: Size },
): Figure {
  return {
    what: `${name}, ${kind}`,
    value: ours[kind],
    unit: "bytes",
    beside: { what: peer.what, value: peer.size[kind] },
  };
}

/** Parts of the browser package that are single files at its root; all others are named by their folder. */
const ROOT_FILES: Record<string, readonly string[]> = {
  "identity, consent and session": ["consent", "device", "cookie", "session", "life", "ids"],
  "rules and push": ["rulesClient", "stream", "remote", "snapshot", "localProfile"],
  capture: ["capture", "drops"],
};

function partOf(path: string): string {
  const [, name, folder = "", rest] = /^packages\/(\w+)\/(?:src|dist)\/(?:([\w]+)\/)?(.*)$/.exec(path) ?? [];
  if (name === undefined) return path.split("/").slice(-2).join("/");
  if (folder) {
    const inner =
      name === "core" && folder === "rules" ? /^(condition|bucketing)\//.exec(rest!)?.[1] : undefined;
    return [name, folder, inner].filter(Boolean).join("/");
  }
  const file = rest!.replace(/\.\w+$/, "");
  const part = Object.keys(ROOT_FILES).find((one) => ROOT_FILES[one]!.includes(file));
  return `${name}: ${part ?? "engine, page and wiring"}`;
}

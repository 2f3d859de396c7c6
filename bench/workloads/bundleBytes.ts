import { readFileSync } from "node:fs";
import { compressedSize, type Size } from "../support/compressedSize.ts";
import { GROWTHBOOK, SCRIPTS, SEGMENT } from "../support/scripts.ts";
import { weighModules } from "../support/weighModules.ts";
import type { Figure, Workload } from "../support/Workload.ts";

const MAX_GZIP_BYTES = { vitrine: 12_000, personal: 16_000, firstPaint: 1_500 };

/** Bytes of what a browser loads, beside peers that each do part of it, and what our parts weigh. */
export const bundleBytes: Workload = {
  name: "bundleBytes",
  about:
    "bytes a browser loads, beside peers that do part of the same; then both scripts by part (its share of the gzip, beside minified)",
  run: async () => {
    const vitrine = weigh(SCRIPTS.vitrine);
    const segment = weigh(SCRIPTS.segment);
    const growthbook = weigh(SCRIPTS.growthbook);
    const firstPaint = weigh(SCRIPTS.firstPaint);
    const personal = weigh(SCRIPTS.personal);
    const both = sum(vitrine, personal);
    return [
      {
        ...besideFigure("vitrine.js, which tracks", "gzip", vitrine, { what: SEGMENT, size: segment }),
        ...budget(vitrine, MAX_GZIP_BYTES.vitrine),
      },
      {
        ...besideFigure("vitrine-personal.js", "gzip", personal, { what: GROWTHBOOK, size: growthbook }),
        ...budget(personal, MAX_GZIP_BYTES.personal),
      },
      ...(["gzip", "brotli", "minified"] as const).map((kind) =>
        besideFigure("both", kind, both, {
          what: `${SEGMENT} and ${GROWTHBOOK}`,
          size: sum(segment, growthbook),
        }),
      ),
      {
        what: "first-paint.js, gzip",
        value: firstPaint.gzip,
        unit: "bytes",
        ...budget(firstPaint, MAX_GZIP_BYTES.firstPaint),
      },
      { what: "first-paint.js, brotli", value: firstPaint.brotli, unit: "bytes" },
      { what: "first-paint.js, minified", value: firstPaint.minified, unit: "bytes" },
      ...(await partFigures("vitrine.js")),
      ...(await partFigures("vitrine-personal.js")),
    ];
  },
};

async function partFigures(file: string): Promise<Figure[]> {
  const parts = await weighModules(file, partOf);
  return parts.map(({ name, minified, gzip }) => ({
    what: `  ${file}, ${name}`,
    value: gzip,
    unit: "bytes",
    beside: { what: "minified", value: minified },
  }));
}

const sum = (a: Size, b: Size): Size => ({
  gzip: a.gzip + b.gzip,
  brotli: a.brotli + b.brotli,
  minified: a.minified + b.minified,
});

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
  "capture and drops": ["capture", "drops", "ids"],
  "life: consent, device, reset": ["life"],
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
  return `${name}: ${part ?? "wiring and public API"}`;
}

import { relative } from "node:path";
import { SourceMap } from "node:module";
import { rollup, type OutputChunk, type OutputOptions, type RollupOptions } from "rollup";
import { gzipSync } from "node:zlib";
import { ownFile } from "./packageFile.ts";

/** What a part of a bundle weighs. */
export interface Part {
  name: string;
  /** Bytes of the minified bundle that come from it: exact, by the source map. */
  minified: number;
  /** Its share of the gzipped bundle: its own text gzipped, scaled so that all parts add up to the whole. */
  gzip: number;
}

/** Builds the bundle named `file` as rollup.config.js says, and weighs its parts; `partOf` names a module's part. */
export async function weighModules(file: string, partOf: (path: string) => string): Promise<Part[]> {
  const { default: configs } = (await import(`${new URL("../../rollup.config.js", import.meta.url)}`)) as {
    default: RollupOptions[];
  };
  const config = configs.find(({ output }) => (output as OutputOptions).entryFileNames === file);
  if (!config) throw new Error(`rollup.config.js makes no ${file}`);
  const bundle = await rollup({ ...config, onwarn: () => {} });
  const { output } = await bundle.generate({ ...(config.output as OutputOptions), sourcemap: true });
  await bundle.close();
  const chunk = output[0];
  const texts = splitByModule(chunk, partOf);
  const own = [...texts].map(([name, text]) => ({ name, text, alone: gzipSync(text, { level: 9 }).length }));
  const scale = gzipSync(chunk.code, { level: 9 }).length / own.reduce((sum, { alone }) => sum + alone, 0);
  return own
    .map(({ name, text, alone }) => ({
      name,
      minified: Buffer.byteLength(text),
      gzip: Math.round(alone * scale),
    }))
    .sort((a, b) => b.minified - a.minified);
}

/** The text of the bundle, by the part that each character comes from. */
function splitByModule({ code, map }: OutputChunk, partOf: (path: string) => string): Map<string, string> {
  const sources = new SourceMap(map as never);
  const root = ownFile("");
  const texts = new Map<string, string>();
  for (const [row, line] of code.split("\n").entries()) {
    for (let column = 0; column < line.length; column++) {
      const entry = sources.findEntry(row, column);
      const source = "originalSource" in entry ? entry.originalSource : undefined;
      const name = source ? partOf(pathOf(source, root)) : "wrapping";
      texts.set(name, (texts.get(name) ?? "") + line[column]!);
    }
  }
  return texts;
}

/** From the repository's root; a map names sources from the folder of the bundle. */
function pathOf(source: string, root: string): string {
  const bundleFolder = "packages/browser/dist/bundle/";
  return relative(root, new URL(source, `file://${root}${bundleFolder}`).pathname);
}

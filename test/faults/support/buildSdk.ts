import { nodeResolve } from "@rollup/plugin-node-resolve";
import { rollup } from "rollup";

/** A change of one file of the SDK. */
export interface Patch {
  /** As compiled: `outbox/db.js`. */
  file: string;
  /** What stands there, once. */
  from: string;
  to: string;
}

const ENTRY = new URL("../../../packages/browser/dist/scriptTag.js", import.meta.url).pathname;

/**
 * Builds the tag's script with some of its code changed: another version, or one without a protection. It has no second
 * script, so its tag needs `data-personal="false"`.
 * @throws when a patch no longer finds its place
 */
export async function buildSdk(patches: Patch[]): Promise<string> {
  const left = new Set(patches);
  const patch = {
    name: "patch",
    transform: (code: string, id: string) => {
      let patched = code;
      for (const one of patches.filter(({ file }) => id.endsWith(`/browser/dist/${file}`))) {
        if (patched.split(one.from).length !== 2) throw new Error(`not once in ${one.file}: ${one.from}`);
        patched = patched.replace(one.from, () => one.to);
        left.delete(one);
      }
      return { code: patched, map: null };
    },
  };
  const bundle = await rollup({ input: ENTRY, plugins: [nodeResolve(), patch] });
  const { output } = await bundle.generate({ format: "iife" });
  await bundle.close();
  if (left.size) throw new Error(`never seen: ${[...left].map(({ file }) => file).join()}`);
  return output[0].code;
}

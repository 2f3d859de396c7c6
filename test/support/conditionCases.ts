import { build } from "esbuild";
import { generateCases } from "../browser/conditions/generateCases.ts";

const DEFAULT_COUNT = 2000;
const CASES = "/test/browser/conditions/cases.json";
const WORKER = "/test/browser/conditions/worker.js";

/** What the test server asks of a plugin. */
interface Plugin {
  name: string;
  serve: (context: { path: string }) => Promise<{ body: string; type: string } | undefined>;
}

/**
 * Serves generated conditions with Node's own answers, as many as `CONDITION_CASES` says, and the script that answers them in a
 * worker, bundled and minified as a shop's is. Both are made when they are first asked for.
 */
export function conditionCases(): Plugin {
  let cases: string | undefined;
  let worker: Promise<string> | undefined;
  return {
    name: "condition-cases",
    serve: async ({ path }) => {
      if (path === CASES) {
        const count = Number(process.env["CONDITION_CASES"]) || DEFAULT_COUNT;
        return { body: (cases ??= JSON.stringify(generateCases(count))), type: "json" };
      }
      return path === WORKER ? { body: await (worker ??= bundleWorker()), type: "js" } : undefined;
    },
  };
}

async function bundleWorker(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [new URL("../browser/conditions/answerInWorker.ts", import.meta.url).pathname],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2022",
  });
  return outputFiles[0]!.text;
}

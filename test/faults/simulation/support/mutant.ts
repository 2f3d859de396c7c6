import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";
import type { CreateVitrine } from "./tab.ts";

/** A change of the source: `from` stands in the file exactly once. */
export interface Mutation {
  /** Below `packages/browser/src`. */
  file: string;
  from: string;
  to: string;
}

const SOURCE = new URL("../../../../packages/browser/src/", import.meta.url).href;

const mutants: Mutation[][] = [];

/** Number of the mutant that an address belongs to. */
const mutantOf = (url: string | undefined) => url?.match(/\?mutant=(\d+)$/)?.[1];

/** A module of a mutant imports modules of the same mutant, and all of them are read from the real sources. */
function install(): void {
  registerHooks({
    resolve: (specifier, context, nextResolve) => {
      const found = nextResolve(specifier, context);
      const mutant = mutantOf(context.parentURL);
      if (mutant === undefined || !found.url.startsWith(SOURCE)) return found;
      return { ...found, url: `${found.url}?mutant=${mutant}` };
    },
    load: (url, context, nextLoad) => {
      const mutant = mutantOf(url);
      if (mutant === undefined) return nextLoad(url, context);
      const path = fileURLToPath(url.split("?")[0]!);
      let source = readFileSync(path, "utf8");
      for (const { file, from, to } of mutants[+mutant]!) {
        if (!path.endsWith(`src/${file}`)) continue;
        assert.equal(source.split(from).length, 2, `${file} has the text to replace exactly once`);
        source = source.replace(from, () => to);
      }
      return { format: "module-typescript", source, shortCircuit: true };
    },
  });
}

/** Imports the SDK with some changes of its source. */
export async function importMutant(mutations: Mutation[]): Promise<CreateVitrine> {
  if (!mutants[0]) install();
  const mutant = mutants.push(mutations) - 1;
  const entry = `${SOURCE}createVitrine.ts?mutant=${mutant}`;
  const { createVitrine } = (await import(entry)) as { createVitrine: CreateVitrine };
  return createVitrine;
}

import { expect } from "@esm-bundle/chai";
import { DIFFERENCES } from "./differences.ts";
import { parseFeature, type Case } from "./parseFeature.ts";
import { runStep } from "./steps.ts";
import { createWorlds } from "./world.ts";

const read = async (name: string) =>
  (await fetch(new URL(`../cases/openfeature/${name}`, import.meta.url))).text();

const FILES = ["evaluation", "evaluation_v2", "hooks", "metadata", "contextMerging"];
const flags = JSON.parse(await read("test-flags.json")) as never;
const cases = (
  await Promise.all(FILES.map(async (file) => parseFeature(file, await read(`${file}.feature`))))
).flat();
const differenceOf = ({ id }: Case) => DIFFERENCES.find((one) => one.cases.test(id));

const worlds = createWorlds(flags);

/** Runs a case; gives the step that failed and its error. */
async function run({ steps }: Case): Promise<{ step: string; cause: unknown } | undefined> {
  const world = worlds.create();
  try {
    for (const step of steps) {
      try {
        await runStep(world, step);
      } catch (cause) {
        return { step: step.text, cause };
      }
    }
    return undefined;
  } finally {
    await world.close();
  }
}

const listed = cases.filter(differenceOf);
const published = cases.length - listed.length;

describe("the scenarios of the OpenFeature specification", () => {
  after(() => worlds.close());

  it(`are all here: ${published} of ${cases.length} are run as published, the others listed with the reason why not`, () => {
    expect(new Set(cases.map(({ id }) => id)).size).to.equal(cases.length);
    expect(cases.length).to.equal(132);
    expect(published).to.equal(102);
    for (const { cases: pattern, count } of DIFFERENCES)
      expect(listed.filter(({ id }) => pattern.test(id)).length, String(pattern)).to.equal(count);
  });

  for (const one of cases) {
    const difference = differenceOf(one);
    if (!difference)
      it(one.id, async () => {
        const failure = await run(one);
        if (failure) throw failure.cause;
      });
    else if (difference.failsAt)
      it(`${one.id} (differs on purpose)`, async () => {
        const failure = await run(one);
        expect(failure?.step, "it passes as published: take it off the list").to.contain(difference.failsAt);
      });
  }
});

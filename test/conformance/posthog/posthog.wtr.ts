import { expect } from "@esm-bundle/chai";
import { readCases } from "./contract.ts";
import { DIFFERENCES } from "./differences.ts";
import { runCase, StepError } from "./runCase.ts";

const cases = await readCases();
const listed = new Map(DIFFERENCES.flatMap((difference) => difference.cases.map((id) => [id, difference])));
const published = cases.filter(({ id }) => !listed.has(id));

describe("the delivery contract of PostHog's SDKs", () => {
  it("is all here: each case is run as published, or listed with the reason why not", () => {
    expect(cases.length).to.equal(131);
    expect(published.length).to.equal(74);
    expect(new Set(cases.map(({ id }) => id)).size).to.equal(131);
    const ids = DIFFERENCES.flatMap((difference) => difference.cases);
    expect(ids.length).to.equal(listed.size, "a case is listed twice");
    expect(ids.filter((id) => !cases.some((one) => one.id === id))).to.deep.equal([]);
    expect(published.length + listed.size).to.equal(131);
  });

  for (const one of published) {
    it(`${one.suite} · ${one.category}: ${one.name}`, () => runCase(one));
  }

  for (const one of cases) {
    const { failsAt } = listed.get(one.id) ?? {};
    if (!failsAt) continue;
    it(`${one.suite} · ${one.category}: ${one.name} (differs on purpose)`, async () => {
      const failure: unknown = await runCase(one).then(
        () => "the case passes as published: take it off the list",
        (error: unknown) => error,
      );
      expect(failure).to.be.instanceOf(StepError);
      expect((failure as StepError).action).to.equal(failsAt);
    });
  }
});

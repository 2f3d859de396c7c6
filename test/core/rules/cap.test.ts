import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { compilePlan } from "../../../packages/core/src/rules/compilePlan.ts";
import { decide } from "../../../packages/core/src/rules/decide.ts";
import type { Cap, Rule } from "../../../packages/core/src/rules/ruleset.ts";
import { inputOf, type Given } from "./given.ts";

const rules = (cap: Cap): Rule[] => [
  { id: "a", placement: "home", cap, action: { type: "message", text: { en: "Hi" } } },
];
const shown = (hoursAgo: number, rule = "a"): NonNullable<Given["events"]>[number] => [
  hoursAgo,
  "Content Shown",
  { placement: "home", rule },
];
/** What this page itself counted. */
const here = (session: number, day: number, ever: number) => ({
  shown: { a: { session, day, ever } } as never,
});

/** Noon: what is 13 hours old was yesterday. */
describe("a cap", () => {
  const cases: [title: string, cap: Cap, events: Given["events"], isShown: boolean][] = [
    ["counts what another device showed", { per: "ever", max: 2 }, [shown(500), shown(30)], false],
    ["has room for what is left of it", { per: "ever", max: 3 }, [shown(500), shown(30)], true],
    ["of a day counts what another device showed today", { per: "day", max: 1 }, [shown(3)], false],
    ["of a day leaves out what was yesterday", { per: "day", max: 1 }, [shown(13)], true],
    ["of a session is this device's own", { per: "session", max: 1 }, [shown(0.1)], true],
    ["leaves other rules' content out", { per: "ever", max: 1 }, [shown(3, "b")], true],
  ];
  for (const [title, cap, events = [], isShown] of cases)
    it(title, () => {
      const input = inputOf({ rules: rules(cap), events });
      const { rule, trace } = decide("home", input);
      assert.deepEqual([rule, trace[0]!.result], isShown ? ["a", "won"] : [undefined, "cap"]);
      assert.equal(compilePlan(input)!.slots["home"]?.length ?? 0, isShown ? 1 : 0);
    });

  it("takes the page's own count where that knows more, and never both together", () => {
    const decided = (max: number, ever: number) =>
      decide(
        "home",
        inputOf({
          rules: rules({ per: "ever", max }),
          events: [shown(3), shown(2)],
          context: here(0, 0, ever),
        }),
      ).trace[0]!.result;
    assert.deepEqual([decided(3, 3), decided(3, 2), decided(2, 0)], ["cap", "won", "cap"]);
  });
});

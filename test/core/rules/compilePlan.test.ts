import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { Purpose } from "../../../packages/core/src/consent/purpose.ts";
import type { JsonObject } from "../../../packages/core/src/json.ts";
import { compilePlan } from "../../../packages/core/src/rules/compilePlan.ts";
import { decide } from "../../../packages/core/src/rules/decide.ts";
import type { DecisionInput } from "../../../packages/core/src/rules/decision.ts";
import type { Experiment, Rule } from "../../../packages/core/src/rules/ruleset.ts";
import type { PlanEntry, SlotGuard, SlotPlan } from "../../../packages/core/src/rules/slotPlan.ts";
import type { ViewNode } from "../../../packages/core/src/rules/viewNode.ts";
import { type Given, inputOf, NOW } from "./given.ts";

interface Case extends Given {
  name: string;
  /** Entries by placement; `null` for no plan at all. */
  expect: Record<string, { rule: string; variant?: string; guard: SlotGuard; texts: string[] }[]> | null;
}

const file = JSON.parse(readFileSync(new URL("cases/plan.json", import.meta.url), "utf8")) as {
  version: number;
  cases: Case[];
};

/** The texts of content, in the order they are read. */
function textsOf(node: ViewNode): string[] {
  return typeof node === "string" ? [node] : (node.slice(2) as ViewNode[]).flatMap(textsOf);
}

/** An entry without the bounds that bound nothing, and with its texts for its content. */
function entrySummary({ content, guard, ...entry }: PlanEntry, { notAfter }: SlotPlan): object {
  const { from, to, ...others } = guard;
  return {
    ...entry,
    guard: { ...others, ...(from && { from }), ...(to !== notAfter && { to }) },
    texts: content.flatMap(textsOf),
  };
}

describe("a slot plan", () => {
  it("is tested with cases of the version it knows", () => assert.equal(file.version, 1));

  for (const { name, expect, ...given } of file.cases) {
    it(name, () => {
      const plan = compilePlan(inputOf(given));
      const slots =
        plan &&
        Object.fromEntries(
          Object.entries(plan.slots).map(([placement, entries]) => [
            placement,
            entries.map((entry) => entrySummary(entry, plan)),
          ]),
        );
      assert.deepEqual(JSON.parse(JSON.stringify(slots ?? null)), expect);
    });
  }

  it("names its format, its ruleset and when it ends, and survives JSON", () => {
    const input = inputOf({
      rules: [{ id: "a", placement: "home", action: { type: "message", text: { en: "A" } } }],
    });
    const plan = JSON.parse(JSON.stringify(compilePlan(input))) as SlotPlan;
    const notAfter = input.ruleset!.notAfter;
    assert.deepEqual(plan, {
      v: 1,
      version: 7,
      notAfter,
      slots: {
        home: [
          {
            rule: "a",
            guard: { from: 0, to: notAfter },
            content: [
              ["div", { class: "vitrine-block vitrine-message" }, ["p", { class: "vitrine-text" }, "A"]],
            ],
          },
        ],
      },
    });
  });
});

/** The next page as a guard sees it; nothing was shown in between. */
interface NextPage {
  path: string;
  query: Record<string, string>;
  isNew: boolean;
  laterMs: number;
}

function holds(
  { new: fresh, from = 0, to = Infinity, path, query, left }: SlotGuard,
  page: NextPage,
): boolean {
  const now = NOW + page.laterMs;
  return (
    (fresh ?? page.isNew) === page.isNew &&
    from <= now &&
    now < to &&
    (path ?? [page.path]).includes(page.path) &&
    (!query || (Object.hasOwn(page.query, query[0]) && page.query[query[0]] === query[1])) &&
    (!left || left[page.isNew ? "fresh" : "now"] > 0)
  );
}

/** The input of `decide` on the next page, with the same profile. */
function inputOn(page: NextPage, input: DecisionInput): DecisionInput {
  const { path, query, isNew, laterMs } = page;
  const shown = Object.entries(input.context.shown).map(([rule, counts]) => [
    rule,
    { ...counts, session: isNew ? 0 : counts.session },
  ]);
  return {
    ...input,
    now: NOW + laterMs,
    context: {
      ...input.context,
      session: { isNew },
      page: { path, query, language: "en" },
      shown: Object.fromEntries(shown) as DecisionInput["context"]["shown"],
    },
  };
}

const clause: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.constantFrom<JsonObject>(
    { "profile.cart.count": { $gt: 0 } },
    { "profile.searches": { $elemMatch: { $eq: "boots" } } },
    { "profile.lastViewed.category": { $exists: true } },
    { "profile.gone": 1 },
    { "device.touch": true },
    { "page.language": "en" },
    { "page.path": { $regex: "^/s" } },
    { "page.path": { $ne: "/" } },
    { "page.query.a": { $exists: true } },
    { "page.query.a": 1 },
  ),
  fc
    .tuple(fc.constantFrom("session.isNew"), fc.constantFrom(true, false, { $eq: true }, { $in: [false] }))
    .map(([path, operand]) => ({ [path]: operand })),
  fc
    .constantFrom("/", "/sale", { $eq: "/sale" }, { $in: ["/", "/sale"] }, { $in: [] })
    .map((operand) => ({ "page.path": operand })),
  fc
    .constantFrom("1", "", { $in: ["1"] }, { $in: ["1", "2"] })
    .map((operand) => ({ "page.query.a": operand })),
);

const { condition } = fc.letrec<{ condition: JsonObject }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    clause,
    fc.array(clause, { maxLength: 3 }).map((parts): JsonObject => Object.assign({}, ...parts)),
    fc.array(tie("condition"), { maxLength: 3 }).map((parts) => ({ $and: parts })),
    fc.array(tie("condition"), { maxLength: 3 }).map((parts) => ({ $or: parts })),
    tie("condition").map((part) => ({ $not: part })),
  ),
}));

const HOUR_MS = 3_600_000;
const instant = fc
  .constantFrom(-2, 0, 1, 2, 50)
  .map((hours) => new Date(NOW + hours * HOUR_MS).toISOString());

const rule: fc.Arbitrary<Rule> = fc
  .record(
    {
      priority: fc.integer({ min: 0, max: 2 }),
      when: condition,
      schedule: fc.record({ from: instant, to: instant }, { requiredKeys: [] }),
      cap: fc.record({
        per: fc.constantFrom("session" as const, "day" as const, "ever" as const),
        max: fc.integer({ min: 0, max: 2 }),
      }),
      ramp: fc.constantFrom(0.4, 0.8, 1, 1),
      exclusive: fc.constantFrom(
        { group: "g", from: 0, to: 0.5 },
        { group: "g", from: 0.5, to: 1 },
        ...Array.from({ length: 8 }, () => ({ group: "g", from: 0, to: 1 })),
      ),
      experiment: fc.constant<Experiment>({ key: "k", weights: [0.5, 0.5], variants: ["control", "on"] }),
      purposes: fc.constantFrom<Purpose[]>(["personalization"], ["marketing"], []),
      action: fc.constantFrom<Rule["action"]>(
        { type: "message", text: { en: "text" } },
        { type: "message", text: { en: "text" } },
        { type: "continueCategory" },
        { type: "resume", what: "cart", href: "/cart" },
        { type: "value", value: 1 },
      ),
    },
    { requiredKeys: ["action"] },
  )
  .map((fields) => ({ id: "", placement: "home", ...fields }));

const given: fc.Arbitrary<Given> = fc
  .tuple(
    fc.array(rule, { minLength: 1, maxLength: 6 }),
    fc.subarray<NonNullable<Given["events"]>[number]>([
      [5, "Products Searched", { query: "boots" }],
      [4, "Product Added", { product_id: "a", cart_quantity: 1 }],
      [3, "Product Viewed", { product_id: "a", category: "Coats" }],
      [2, "Content Shown", { placement: "home", rule: "r5" }],
    ]),
    fc.record({
      consent: fc.constantFrom(["personalization", "marketing"], ["personalization"]),
      device: fc.constantFrom({}, { touch: true }),
      targetingKey: fc.constantFrom("d_1", "d_2", "d_3"),
      shown: fc.dictionary(
        fc.constantFrom("r0", "r1", "r2"),
        fc.constantFrom({ session: 0, day: 1, ever: 2 }, { session: 1, day: 1, ever: 1 }),
      ),
    }),
  )
  .map(([rules, events, context]) => ({
    rules: rules.map((one, i) => ({ ...one, id: `r${i}` })),
    events,
    context,
  }));

const nextPage: fc.Arbitrary<NextPage> = fc.record({
  path: fc.constantFrom("/", "/sale", "/other"),
  query: fc.constantFrom<Record<string, string>>({}, { a: "1" }, { a: "2" }, { a: "" }),
  isNew: fc.boolean(),
  laterMs: fc.constantFrom(0, HOUR_MS, 3 * HOUR_MS),
});

describe("the plan and the decision of the next page", () => {
  it("agree, but for rules that stayed out of the plan", () => {
    let planned = 0;
    let outranked = 0;
    fc.assert(
      fc.property(given, nextPage, (all, page) => {
        const input = inputOf(all);
        const entries = compilePlan(input)!.slots["home"]!;
        const { rule: picked, variant } = decide("home", inputOn(page, input));
        const first = entries.find(({ guard }) => holds(guard, page));
        if (first) planned++;
        if (picked !== undefined && !entries.some((entry) => entry.rule === picked)) {
          if (!first) return;
          outranked++;
          const priorityOf = (id: string) => all.rules!.find((one) => one.id === id)!.priority ?? 0;
          assert.ok(priorityOf(picked) >= priorityOf(first.rule), `${picked} does not outrank ${first.rule}`);
          return;
        }
        assert.equal(first?.rule, picked);
        assert.equal(first?.variant, variant);
      }),
      { numRuns: 5_000 },
    );
    assert.ok(planned > 300 && outranked > 20, `${planned} planned, ${outranked} outranked`);
  });

  it("speak of the same rules in the same order", () => {
    fc.assert(
      fc.property(given, (all) => {
        const input = inputOf(all);
        const order = decide("home", input).trace.map((one) => one.rule);
        const planned = compilePlan(input)!.slots["home"]!.map((entry) => entry.rule);
        assert.deepEqual(
          order.filter((id) => planned.includes(id)),
          planned,
        );
      }),
    );
  });
});

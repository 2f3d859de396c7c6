import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import type { PlanEntry, SlotPlan } from "../../../packages/core/src/index.ts";
import {
  deletePlan,
  MAX_PLAN_BYTES,
  takeShown,
  writePlan,
} from "../../../packages/browser/src/firstpaint/planStore.ts";

const entry = (rule: string, text = rule): PlanEntry => ({ rule, guard: {}, content: [text] });
const plan = (slots: SlotPlan["slots"]): SlotPlan => ({ v: 1, version: 1, notAfter: 5, slots });

const blocked = () =>
  new Proxy({} as Storage, {
    get: () => () => {
      throw new DOMException("denied", "SecurityError");
    },
  });

describe("the stored plan", () => {
  let kept: Map<string, string>;
  let storage: Storage;

  beforeEach(() => {
    kept = new Map();
    storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    } as unknown as Storage;
  });
  const stored = () => JSON.parse(kept.get("vitrine.plan")!) as SlotPlan;

  it("is what was compiled", () => {
    const whole = plan({ hero: [entry("a"), entry("b")] });
    assert.equal(writePlan(storage, whole), true);
    assert.deepEqual(stored(), whole);
  });

  it("leaves the last entries out until it is small enough, and changes nothing in what it was given", () => {
    const long = "ä".repeat(6_000);
    const whole = plan({
      hero: [entry("a", long), entry("b", long), entry("c", long)],
      foot: [entry("d", long)],
    });
    assert.equal(writePlan(storage, whole), true);
    assert.deepEqual(
      Object.entries(stored().slots).map(([placement, entries]) => [
        placement,
        entries.map(({ rule }) => rule),
      ]),
      [
        ["hero", ["a"]],
        ["foot", ["d"]],
      ],
    );
    assert.ok(Buffer.byteLength(kept.get("vitrine.plan")!) <= MAX_PLAN_BYTES);
    assert.equal(whole.slots["hero"]!.length, 3);
  });

  it("is empty rather than too large", () => {
    assert.equal(writePlan(storage, plan({ hero: [entry("a", "x".repeat(40_000))] })), true);
    assert.deepEqual(stored().slots, {});
  });

  it("is gone after a deletion, and after a write that failed", () => {
    writePlan(storage, plan({}));
    deletePlan(storage);
    assert.equal(kept.size, 0);
    writePlan(storage, plan({}));
    storage.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
    assert.equal(writePlan(storage, plan({})), false);
    assert.equal(kept.size, 0);
  });

  it("may be asked of a storage that is blocked", () => {
    assert.equal(writePlan(blocked(), plan({})), false);
    deletePlan(blocked());
    assert.deepEqual(takeShown(blocked()), []);
  });

  it("comes with notes of what was shown, given once", () => {
    kept.set("vitrine.shown", JSON.stringify([["a", null, 4, "hero", 9], ["b", "control", 4, "foot", 10]])); // prettier-ignore
    assert.deepEqual(takeShown(storage), [
      { rule: "a", version: 4, placement: "hero", time: 9 },
      { rule: "b", variant: "control", version: 4, placement: "foot", time: 10 },
    ]);
    assert.deepEqual(takeShown(storage), []);
    kept.set("vitrine.shown", "{}");
    assert.deepEqual(takeShown(storage), []);
  });
});

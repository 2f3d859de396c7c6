import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { asKey, newKey } from "./support/asKey.ts";
import { runVitrine, type Running } from "./support/runVitrine.ts";

const content = (text: string) => ({
  rules: [{ id: "a", placement: "b", action: { type: "message", text: { en: text } } }],
});

interface State {
  code: string;
  version: number;
  review: { isNeeded: boolean; writer: string | null; isYours: boolean };
  items: { action: string; byName: string; details: Record<string, unknown> }[];
}

/** A shop where nobody publishes what they wrote themselves, and two people with a key each. */
async function setUp(t: TestContext) {
  const running = await runVitrine(t);
  const as = (key: string) => {
    const call = asKey(running, key);
    return <T = State>(method: string, path: string, body?: unknown) =>
      call<T>(method, `/v1/admin${path}`, body);
  };
  const admin = as(running.secretKey);
  assert.equal((await admin("PUT", "/rules/review", { isNeeded: true })).status, 200);
  const person = (running_: Running) => as(newKey(running_, "console", "rules"));
  return { admin, kim: person(running), lea: person(running) };
}

describe("review by a second person", () => {
  it("lets nobody publish what they wrote last, and anybody else", async (t) => {
    const { kim, lea, admin } = await setUp(t);
    await kim("PUT", "/rules/draft", content("One"));
    const refused = await kim("POST", "/rules/publish", {});
    assert.deepEqual([refused.status, refused.body.code], [409, "needs_review"]);
    await lea("PUT", "/rules/draft", content("Two"));
    assert.equal((await lea("POST", "/rules/publish", {})).status, 409, "who changed it has written it");
    assert.equal((await kim("POST", "/rules/publish", {})).status, 200);
    const { items } = (await admin("GET", "/audit")).body;
    assert.equal(items[0]!.action, "rules.publish");
    assert.equal(items[0]!.byName, "console,rules");
    assert.equal(items[0]!.details["writerName"], "console,rules");
    assert.notEqual(items[0]!.details["writer"], undefined);
  });

  it("is not got round by saving the same draft again", async (t) => {
    const { kim, lea } = await setUp(t);
    await kim("PUT", "/rules/draft", content("One"));
    const saved = await lea("PUT", "/rules/draft", content("One"));
    assert.equal(saved.body.review.isYours, false);
    assert.equal((await kim("POST", "/rules/publish", {})).status, 409);
    assert.equal((await lea("POST", "/rules/publish", {})).status, 200);
  });

  it("says whose draft it is, and leaves rolling back to one person", async (t) => {
    const { kim, lea } = await setUp(t);
    await kim("PUT", "/rules/draft", content("One"));
    assert.deepEqual((await kim("GET", "/rules")).body.review, {
      isNeeded: true,
      writer: "console,rules",
      isYours: true,
    });
    assert.equal((await lea("GET", "/rules")).body.review.isYours, false);
    await lea("POST", "/rules/publish", {});
    assert.equal((await kim("POST", "/rules/rollback", { version: 1 })).status, 200);
  });

  it("is asked for by an admin alone, and every change of that is in the audit log", async (t) => {
    const { kim, admin } = await setUp(t);
    assert.equal((await kim("PUT", "/rules/review", { isNeeded: false })).status, 403);
    assert.equal((await admin("PUT", "/rules/review", { isNeeded: "no" })).status, 400);
    await admin("PUT", "/rules/review", { isNeeded: false });
    await kim("PUT", "/rules/draft", content("One"));
    assert.equal((await kim("POST", "/rules/publish", {})).status, 200);
    const { items } = (await admin("GET", "/audit")).body;
    const changes = items.filter(({ action }) => action === "rules.review").map(({ details }) => details);
    assert.deepEqual(changes, [{ isNeeded: false }, { isNeeded: true }]);
  });
});

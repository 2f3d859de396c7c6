import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createEventLog, nameOf } from "../../packages/inspector/src/eventLog.ts";

const text = (name: string) => JSON.stringify({ type: "track", event: name });

describe("the inspector's log of events", () => {
  it("lists the newest first, and of one moment the last heard of", () => {
    const log = createEventLog();
    log.note({ messageId: "a", at: 1, state: "captured", text: text("A") });
    log.note({ messageId: "c", at: 3, state: "captured", text: text("C") });
    log.note({ messageId: "b", at: 2, state: "captured", text: text("B") });
    log.note({ messageId: "d", at: 3, state: "captured", text: text("D") });
    assert.deepEqual(log.events().map(nameOf), ["D", "C", "B", "A"]);
  });

  it("never takes a state back: an old reading of the database says less than the collector did", () => {
    const log = createEventLog();
    log.note({ messageId: "a", at: 1, state: "delivered" });
    log.note({ messageId: "a", at: 1, state: "stored", text: text("A") });
    log.note({ messageId: "b", at: 1, state: "dropped", reason: "too_old" });
    log.note({ messageId: "b", at: 1, state: "delivered" });
    const [b, a] = log.events();
    assert.deepEqual([a!.state, nameOf(a!)], ["delivered", "A"]);
    assert.deepEqual([b!.state, b!.reason], ["dropped", "too_old"]);
  });

  it("lists no more than its limit, lets go of what is settled first, and counts all the same", () => {
    const log = createEventLog(3);
    log.note({ messageId: "waits", at: 1, state: "stored" });
    for (let at = 2; at < 12; at++) log.note({ messageId: `m${at}`, at, state: "delivered" });
    log.note({ messageId: "lost", at: 12, state: "dropped", reason: "quota" });
    assert.deepEqual(
      log.events().map(({ messageId }) => messageId),
      ["lost", "m11", "waits"],
    );
    assert.deepEqual(log.counts(), { captured: 0, stored: 1, delivered: 10, dropped: 1 });
  });

  it("lists what is no event, without its content", () => {
    const log = createEventLog();
    for (const [at, broken] of ["{", "7", "null", ""].entries())
      log.note({ messageId: `m${at}`, at, state: "stored", text: broken });
    assert.deepEqual(log.events().map(nameOf), [undefined, undefined, undefined, undefined]);
  });
});

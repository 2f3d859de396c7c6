import assert from "node:assert/strict";
import { test } from "node:test";
import { readLease, readLeaseAnswer } from "../../kiosk/src/server/readLease.ts";

test("a lease is read with what is left of it, counted from when it was asked", () => {
  const told = { id: "l1", state: "open", left: 500, scope: ["looks"], attribution: "word" };
  assert.deepEqual(readLease(told, 1000), { id: "l1", state: "open", endsAt: 1500, attribution: "word" });
  for (const nothing of [
    undefined,
    null,
    "open",
    { id: "l1" },
    { id: 1, state: "open" },
    { id: "l1", state: "x" },
  ])
    assert.equal(readLease(nothing, 0), undefined);
});

test("a lease that the server does not know is told from one that ended", () => {
  const ended = { id: "l1", state: "ended", left: 0 };
  const read = (status: number, body: unknown) => readLeaseAnswer({ status, body }, "l1", 0)?.state;
  assert.equal(read(200, ended), "ended");
  assert.equal(read(200, { ...ended, unknown: true }), "unknown");
  assert.equal(read(404, { code: "not_found" }), "unknown");
  assert.equal(read(404, undefined), undefined, "the page of some network");
  assert.equal(read(503, { code: "overloaded" }), undefined);
  assert.equal(readLeaseAnswer(undefined, "l1", 0), undefined);
});

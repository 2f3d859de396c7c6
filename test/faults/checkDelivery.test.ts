import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  checkDelivery,
  violationsOf,
  type DeliveryLog,
  type Ledger,
  type LoggedEvent,
} from "./support/checkDelivery.ts";

const ledger = (more: Partial<Ledger> = {}): Ledger => ({
  announced: new Map([["p", 3]]),
  called: new Set(["p.0", "p.1", "p.2"]),
  notes: [0, 1, 2].map((at) => ({ level: "stored", messageId: `m${at}`, id: `p.${at}` })),
  ...more,
});

const event = (at: number, seq = at + 1) => ({
  messageId: `m${at}`,
  name: "Step Done",
  id: `p.${at}`,
  writer: { id: "w", seq },
});

const log = (
  events: LoggedEvent[] = [0, 1, 2].map((at) => event(at)),
  more: Partial<DeliveryLog> = {},
): DeliveryLog => ({
  events,
  spoken: [],
  finished: new Map([["w", 3]]),
  ...more,
});

describe("the account of a delivery", () => {
  it("is clean when all that was promised is there once", () => {
    const account = checkDelivery(ledger(), log());
    assert.deepEqual(violationsOf(account), []);
    assert.deepEqual([account.created, account.promised, account.arrived, account.gaps], [3, 3, 3, 0]);
  });

  it("names what was promised and is not there", () => {
    const account = checkDelivery(ledger(), log([event(0), event(2)]));
    assert.deepEqual(account.lost, ["p.1"]);
    assert.equal(account.gaps, 1);
  });

  it("does not call lost what was never promised, nor what was reported as dropped", () => {
    const notes: Ledger["notes"] = [
      { level: "stored", messageId: "m0", id: "p.0" },
      { level: "stored", messageId: "m2", id: "p.2" },
      { level: "dropped", messageId: "m2", reason: "no_space" },
    ];
    const account = checkDelivery(ledger({ notes }), log([event(0)]));
    assert.deepEqual([account.lost, account.unpromised, account.dropped], [[], ["p.1"], 1]);
  });

  it("knows an event of another tab by its message id", () => {
    const notes: Ledger["notes"] = [{ level: "delivered", messageId: "m1" }];
    const account = checkDelivery(ledger({ notes }), log([event(1)]));
    assert.deepEqual([account.promised, account.lost], [1, []]);
  });

  it("finds doubles by number and by message id", () => {
    const events = [event(0), { ...event(0, 4), messageId: "other" }, event(1), event(2), event(2)];
    assert.deepEqual(checkDelivery(ledger(), log(events)).duplicated, ["p.0", "p.2", "m2"]);
  });

  it("finds what nobody created", () => {
    const stranger = { ...event(0, 4), messageId: "m9", id: "q.0" };
    const beyond = { ...event(3), id: "p.3" };
    const account = checkDelivery(ledger(), log([...log().events, stranger, beyond]));
    assert.deepEqual(account.phantom, ["q.0", "p.3"]);
  });

  it("finds a page's events in another order than they were created in", () => {
    assert.deepEqual(checkDelivery(ledger(), log([event(0, 2), event(1, 1), event(2)])).disordered, ["p.0"]);
  });

  it("finds a hole of which the server was never told", () => {
    const open = checkDelivery(ledger(), log([event(0), event(2)], { finished: new Map() }));
    assert.deepEqual([open.unreported, open.gaps], [["w: 1"], 0]);
    const spoken = [{ writer: "w", first: 2, last: 2 }];
    const closed = checkDelivery(ledger(), log([event(0), event(2)], { finished: new Map(), spoken }));
    assert.deepEqual(closed.unreported, []);
  });
});

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import type { TimedEvent } from "../../../packages/core/src/event/event.ts";
import { parseEvent } from "../../../packages/core/src/event/parseEvent.ts";
import { canonicalFold, foldEvent, mergeFolds } from "../../../packages/core/src/profile/fold.ts";
import { profileView } from "../../../packages/core/src/profile/profileView.ts";
import { readVisits } from "../../../scripts/replay/readVisits.ts";
import { visitEvents } from "../../../scripts/replay/visitEvents.ts";
import { visitorOf } from "../../../scripts/replay/visitor.ts";
import { inBatches, inOrder, inTree, randomFrom, shuffled, type Algebra } from "./lawfulness.ts";

const FILE = fileURLToPath(
  new URL("../../fixtures/clothing-clicks/clicks-2008-04-to-06.csv.gz", import.meta.url),
);
const REAL: Algebra = { foldEvent, mergeFolds };

/** The events of a visit as the collector would have them, times as given. */
function timed(raw: unknown): TimedEvent {
  const parsed = parseEvent(raw, { receivedAt: Date.parse("2026-11-22T00:00:00Z") });
  assert.ok(parsed.ok, JSON.stringify(parsed));
  return { ...parsed.event, time: parsed.event.timestamp };
}

describe("the fold of 116,095 real clicks", () => {
  const visits: TimedEvent[][] = [];
  before(async () => {
    for await (const visit of readVisits(FILE)) {
      visits.push(visitEvents("clicks", visit, visitorOf("clicks", visit.session)).map(timed));
    }
  });

  it("is the same to the byte for each of 17,031 visitors, in any order, batches and merge tree", () => {
    const random = randomFrom(20080401);
    assert.equal(visits.length, 17_031);
    for (const events of visits) {
      const expected = canonicalFold(inOrder(REAL, events));
      assert.equal(canonicalFold(inOrder(REAL, shuffled(events, random))), expected);
      assert.equal(canonicalFold(inBatches(REAL, shuffled(events, random), random)), expected);
      assert.equal(canonicalFold(inTree(REAL, shuffled(events, random), random)), expected);
    }
  });

  it("is the same to the byte when all of them were one person", () => {
    const random = randomFrom(20080630);
    const events = visits.flat();
    const expected = inOrder(REAL, events);
    const views = events.filter(({ event }) => event === "Product Viewed").length;
    assert.equal(profileView(expected, Date.parse("2008-07-01")).counters["Product Viewed"]?.total, 116_095);
    assert.equal(views, 116_095);
    for (let round = 0; round < 3; round++) {
      const shuffledEvents = shuffled(events, random);
      assert.equal(canonicalFold(inTree(REAL, shuffledEvents, random)), canonicalFold(expected));
      assert.equal(canonicalFold(inBatches(REAL, shuffledEvents, random)), canonicalFold(expected));
    }
  });
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  addToRanges,
  inRanges,
  missingInRanges,
  sizeOfRanges,
  type Ranges,
} from "../../../packages/core/src/received/ranges.ts";
import {
  close,
  closedCount,
  DEDUPE_HORIZON_MS,
  emptyReceived,
  gaps,
  hasReceived,
  receive,
} from "../../../packages/core/src/received/received.ts";

const NOW = Date.parse("2026-11-22T12:00:00Z");
const id = (name: string) => name.padEnd(22, "0");

/** What must be true of ranges: sorted, apart, not even touching. */
function assertTidy(ranges: Ranges): void {
  for (let i = 0; i < ranges.length; i += 2) {
    assert.ok(ranges[i]! <= ranges[i + 1]!);
    if (i > 0) assert.ok(ranges[i]! > ranges[i - 1]! + 1);
  }
}

describe("ranges", () => {
  it("hold what a set of numbers would hold", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 120 }), (numbers) => {
        const ranges: Ranges = [];
        const set = new Set<number>();
        for (const n of numbers) {
          assert.equal(addToRanges(ranges, n), !set.has(n));
          set.add(n);
          assertTidy(ranges);
        }
        for (let n = 0; n <= 61; n++) assert.equal(inRanges(ranges, n), set.has(n));
        assert.equal(sizeOfRanges(ranges), set.size);
        const missing = missingInRanges(ranges, 60);
        assertTidy(missing);
        for (let n = 1; n <= 60; n++) assert.equal(inRanges(missing, n), !set.has(n));
      }),
      { numRuns: 2000 },
    );
  });
});

describe("what was received", () => {
  it("is each event once, in any order and with any repeats, closed before, between or after", () => {
    const sends = fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 40 });
    fc.assert(
      fc.property(sends, fc.nat(40), (seqs, closedAt) => {
        const received = emptyReceived();
        const seen = new Set<number>();
        seqs.forEach((seq, i) => {
          if (i === closedAt) close(received, id("w"), 12, NOW);
          assert.equal(receive(received, { id: id("w"), seq }, NOW), !seen.has(seq));
          seen.add(seq);
          assert.ok(hasReceived(received, { id: id("w"), seq }));
        });
        assert.equal(close(received, id("w"), 12, NOW), 12 - seen.size);
        if (seen.size === 12) assert.deepEqual(received.writers, {});
        else if (seen.size > 0) {
          const [gap] = gaps(received);
          assert.equal(sizeOfRanges(gap!.missing), 12 - seen.size);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("shrinks a complete writer to its id and last event, and still knows it", () => {
    const received = emptyReceived();
    for (const seq of [2, 1, 3]) receive(received, { id: id("w"), seq }, NOW);
    assert.equal(close(received, id("w"), 3, NOW), 0);
    assert.deepEqual(received.writers, {});
    assert.equal(Object.values(received.closed)[0]!.length, 27);
    assert.equal(closedCount(received), 1);
    assert.equal(receive(received, { id: id("w"), seq: 2 }, NOW), false);
    assert.equal(close(received, id("w"), 3, NOW), 0);
  });

  it("closes a writer by itself when the last missing event comes late", () => {
    const received = emptyReceived();
    receive(received, { id: id("w"), seq: 1 }, NOW);
    assert.equal(close(received, id("w"), 2, NOW), 1);
    receive(received, { id: id("w"), seq: 2 }, NOW);
    assert.deepEqual(received.writers, {});
  });

  it("tells apart writers whose ids run together where they are kept", () => {
    const received = emptyReceived();
    const [one, two] = ["ab".repeat(11), "ba".repeat(11)];
    for (const writer of [one, one]) {
      receive(received, { id: writer, seq: 1 }, NOW);
      close(received, writer, 1, NOW);
    }
    // "ab…ab" contains "ba…ba" at an odd place, which is no writer.
    received.closed[Object.keys(received.closed)[0]!] = `${one}ababa${one}00001`;
    assert.equal(hasReceived(received, { id: one, seq: 1 }), true);
    assert.equal(hasReceived(received, { id: two, seq: 1 }), false);
  });

  it("keeps a writer listed whose end is beyond belief, and confuses no other by it", () => {
    const received = emptyReceived();
    const [huge, usual] = [id("huge"), id("usual")];
    received.writers[huge] = { ranges: [1, 1e9], seen: NOW };
    receive(received, { id: usual, seq: 1 }, NOW);
    assert.deepEqual([close(received, huge, 1e9, NOW), close(received, usual, 1, NOW)], [0, 0]);
    assert.equal(closedCount(received), 1);
    assert.equal(hasReceived(received, { id: huge, seq: 1e9 }), true);
    assert.equal(hasReceived(received, { id: usual, seq: 1 }), true);
  });

  it("opens a closed writer again for what came after its end, once", () => {
    const received = emptyReceived();
    const writer = id("w");
    receive(received, { id: writer, seq: 1 }, NOW);
    close(received, writer, 1, NOW);
    assert.equal(hasReceived(received, { id: writer, seq: 3 }), false);
    assert.equal(receive(received, { id: writer, seq: 3 }, NOW), true);
    assert.equal(receive(received, { id: writer, seq: 3 }, NOW), false);
    assert.equal(receive(received, { id: writer, seq: 1 }, NOW), false);
    assert.equal(close(received, writer, 3, NOW), 1);
    assert.equal(receive(received, { id: writer, seq: 2 }, NOW), true);
    assert.deepEqual(received.writers, {});
    assert.equal(receive(received, { id: writer, seq: 3 }, NOW), false);
  });

  it("takes hostile names as names", () => {
    const received = emptyReceived();
    for (const name of ["__proto__", "constructor"]) {
      assert.equal(hasReceived(received, { id: name, seq: 1 }), false);
      assert.equal(receive(received, { id: name, seq: 1 }, NOW), true);
      assert.equal(receive(received, { id: name, seq: 1 }, NOW), false);
      assert.equal(close(received, name, 1, NOW), 0);
      assert.equal(hasReceived(received, { id: name, seq: 1 }), true);
    }
    assert.equal(({} as Record<string, unknown>).ranges, undefined);
  });

  it("forgets beyond the dedupe horizon, where repeats are refused as too old", () => {
    const received = emptyReceived();
    receive(received, { id: id("open"), seq: 1 }, NOW);
    receive(received, { id: id("done"), seq: 1 }, NOW);
    close(received, id("done"), 1, NOW);
    const later = NOW + DEDUPE_HORIZON_MS + 2 * 86_400_000;
    receive(received, { id: id("new"), seq: 1 }, later);
    assert.deepEqual(Object.keys(received.writers), [id("new")]);
    assert.deepEqual(received.closed, {});
  });

  it("keeps at most 200 open writers, the ones last heard of", () => {
    const received = emptyReceived();
    for (let i = 0; i < 300; i++) receive(received, { id: id(`w${i}_`), seq: 2 }, NOW + i);
    assert.ok(Object.keys(received.writers).length <= 201);
    assert.ok(hasReceived(received, { id: id("w299_"), seq: 2 }));
    assert.equal(hasReceived(received, { id: id("w0_"), seq: 2 }), false);
  });
});

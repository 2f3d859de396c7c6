import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { createWedge, type WedgeAnswer } from "../../kiosk/src/scan/createWedge.ts";
import { readScan } from "../../kiosk/src/scan/readScan.ts";

/** Presses keys, each so long after the last. */
function press(wedge: ReturnType<typeof createWedge>, keys: readonly string[], gapMs: number, at = 0) {
  return keys.map((key, i) => wedge({ key, timeStamp: at + i * gapMs }));
}

/** A key for each character. */
const keysOf = (text: string) => text.split("");

const scansOf = (answers: readonly WedgeAnswer[]) =>
  answers.flatMap((answer) => (answer.kind === "scan" ? [answer.text] : []));

const printable = fc.string({ unit: "grapheme-ascii", minLength: 6, maxLength: 200 });

describe("a hand-held scanner, which types", () => {
  it("is read whatever it types, at up to 45 ms a key", () => {
    fc.assert(
      fc.property(printable, fc.double({ min: 0, max: 45, noNaN: true }), (text, gapMs) => {
        const answers = press(createWedge(), [...keysOf(text), "Enter"], Math.floor(gapMs));
        assert.deepEqual(scansOf(answers), [text]);
      }),
    );
  });

  it("is never heard in what a hand types, however long", () => {
    fc.assert(
      fc.property(printable, fc.double({ min: 46, max: 2000, noNaN: true }), (text, gapMs) => {
        const answers = press(createWedge(), [...keysOf(text), "Enter"], Math.ceil(gapMs));
        assert.deepEqual(new Set(answers.map(({ kind }) => kind)), new Set(["key"]));
      }),
    );
  });

  it("leaves the first keys to the page, and the others to nobody", () => {
    const kinds = press(createWedge(), [...keysOf("40063813"), "Enter"], 2).map(({ kind }) => kind);
    assert.deepEqual(kinds, [...Array<string>(5).fill("key"), "burst", "burst", "burst", "scan"]);
  });

  it("begins anew after a hand's key, another scan, and a key without a character", () => {
    const wedge = createWedge();
    press(wedge, ["7"], 0);
    assert.deepEqual(scansOf(press(wedge, [...keysOf("96385074"), "Enter"], 5, 500)), ["96385074"]);
    assert.deepEqual(scansOf(press(wedge, [...keysOf("73513537"), "Enter"], 5, 545)), ["73513537"]);
    assert.deepEqual(
      scansOf(press(wedge, [...keysOf("123456"), "Tab", ...keysOf("789"), "Enter"], 5, 1000)),
      [],
    );
    assert.deepEqual(
      scansOf(press(wedge, ["Shift", "H", "Shift", "T", ...keysOf("TP://x"), "Enter"], 5, 2000)),
      ["HTTP://x"],
    );
  });

  it("is cut off where it never ends", () => {
    const answers = press(createWedge(), [...Array<string>(4301).fill("1"), "Enter"], 1);
    assert.deepEqual(scansOf(answers), []);
  });
});

describe("what stands on a label", () => {
  it("is a product's number, out of a barcode or a link", () => {
    assert.deepEqual(readScan("4006381333931"), { kind: "number", number: "04006381333931" });
    assert.deepEqual(readScan("https://brand.example/01/04006381333931/21/7"), {
      kind: "number",
      number: "04006381333931",
    });
    assert.deepEqual(readScan("2012345678903"), { kind: "number", number: "2012345678903" });
  });

  it("or a reason why it is none", () => {
    const reasonOf = (text: string) => {
      const scan = readScan(text);
      return scan.kind === "refused" ? scan.reason : scan.number;
    };
    assert.equal(reasonOf("4006381333932"), "check_digit");
    assert.equal(reasonOf("https://shop.example/sale"), "no_product");
    assert.equal(reasonOf("WIFI:S:guest;;"), "not_a_code");
  });
});

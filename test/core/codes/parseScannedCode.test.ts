import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkDigit } from "../../../packages/core/src/codes/checkDigit.ts";
import { parseScannedCode } from "../../../packages/core/src/codes/parseScannedCode.ts";
import { createChance } from "../../faults/simulation/support/chance.ts";

const product = (gtin: string) => ({ kind: "product", gtin, attributes: {} });
const reasonOf = (text: string, format?: string) => {
  const code = parseScannedCode(text, format);
  return code.kind === "refused" ? code.reason : code.kind;
};

describe("a scanned number", () => {
  for (const [what, text, gtin, format] of [
    ["EAN-13", "4006381333931", "04006381333931", "ean_13"],
    ["EAN-8", "96385074", "00000096385074", "ean_8"],
    ["UPC-A", "036000291452", "00036000291452", "upc_a"],
    ["GTIN-14 on a box", "10012345678902", "10012345678902", "itf"],
    ["a book's EAN-13 with blanks around it", " 9780345418913\n", "09780345418913", undefined],
  ] as const) {
    it(`is a product: ${what}`, () => assert.deepEqual(parseScannedCode(text, format), product(gtin)));
  }

  for (const [short, long] of [
    ["0425261", "04210000526"],
    ["0123413", "01230000041"],
    ["0123454", "01234000005"],
    ["0123456", "01234500006"],
  ] as const) {
    it(`is a product: UPC-E ${short}, which leaves zeros out of ${long}`, () => {
      const check = checkDigit(long);
      assert.deepEqual(parseScannedCode(short + check, "upc_e"), product(`00${long}${check}`));
    });
  }

  it("is a shop's own below 02, 04, 20 to 29, and 0 or 2 of an EAN-8", () => {
    for (const digits of [
      "020000000001",
      "049999999999",
      "200000000000",
      "291234512345",
      "0123456",
      "2123456",
    ]) {
      const number = digits + checkDigit(digits);
      assert.deepEqual(parseScannedCode(number), { kind: "in_store", number });
    }
    for (const digits of ["030000000001", "190000000000", "300000000000", "1123456"])
      assert.equal(parseScannedCode(digits + checkDigit(digits)).kind, "product");
  });

  it("is refused when one digit of it, or two neighbours by other than five, were misread", () => {
    const { below } = createChance(13);
    for (let i = 0; i < 2000; i++) {
      const body = `4${String(below(1e11)).padStart(11, "0")}`;
      const digits = (body + checkDigit(body)).split("").map(Number);
      const at = below(12);
      const misread = digits.with(at, (digits[at]! + 1 + below(9)) % 10).join("");
      assert.equal(reasonOf(misread), "check_digit");
      const [a, b] = [digits[at]!, digits[at + 1]!];
      if (a === b || Math.abs(a - b) === 5) continue;
      assert.equal(
        reasonOf(
          digits
            .with(at, b)
            .with(at + 1, a)
            .join(""),
        ),
        "check_digit",
      );
    }
  });

  it("says why it is refused", () => {
    assert.deepEqual(parseScannedCode("4006381333932"), {
      kind: "refused",
      reason: "check_digit",
      message: "After 400638133393 comes a 1: scan the code again.",
    });
    assert.equal(reasonOf("12345"), "wrong_length");
    assert.equal(reasonOf("SKU-77"), "not_a_code");
    assert.equal(reasonOf(""), "not_a_code");
    assert.equal(reasonOf("٤٠٠٦٣٨١٣٣٣٩٣١"), "not_a_code");
  });
});

describe("a scanned link", () => {
  it("names a product, and this one piece", () => {
    const link =
      "https://brand.example/some/path/01/9780345418913/22/2A/10/38737643/21/58943%2F1?15=230911&utm_source=tag#top";
    assert.deepEqual(parseScannedCode(link), {
      kind: "product",
      gtin: "09780345418913",
      variant: "2A",
      batch: "38737643",
      serial: "58943/1",
      attributes: { "15": "230911" },
    });
  });

  it("names one piece of several", () => {
    assert.deepEqual(parseScannedCode("https://id.gs1.org/8006/095060001343520102"), {
      ...product("09506000134352"),
      piece: { number: 1, of: 2 },
    });
    assert.equal(reasonOf("https://id.gs1.org/8006/095060001343520302"), "bad_value");
  });

  it("names a shop's own number", () => {
    const number = `0200000000001${checkDigit("0200000000001")}`;
    assert.deepEqual(parseScannedCode(`https://shop.example/01/${number}`), { kind: "in_store", number });
  });

  for (const [reason, link] of [
    ["no_product", "https://shop.example/coats?sku=01"],
    ["no_product", "https://evil.example"],
    ["other_thing", "https://id.gs1.org/414/9506000134352"],
    ["bad_value", "https://id.gs1.org/01/09506000134353"],
    ["bad_value", "https://id.gs1.org/01/09506000134352/10/a%ZZ"],
    ["bad_value", "https://id.gs1.org/01/09506000134352?17=soon"],
    ["bad_order", "https://id.gs1.org/01/09506000134352/21/1/10/2"],
    ["bad_order", "https://id.gs1.org/01/09506000134352/21/1/21/2"],
    ["bad_link", "https:///01/09506000134352"],
    ["bad_link", "https://id.gs1.org/01/0950 6000134352"],
    ["not_a_code", "javascript:alert(1)//01/09506000134352"],
    ["not_a_code", "file:///01/09506000134352"],
    ["not_a_code", `https://id.gs1.org/${"a/".repeat(5000)}01/09506000134352`],
  ]) {
    it(`is refused as ${reason}: ${link!.slice(0, 60)}`, () => assert.equal(reasonOf(link!), reason));
  }
});

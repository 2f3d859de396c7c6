import assert from "node:assert/strict";
import { test } from "node:test";
import { readTyped } from "../../kiosk/src/scan/readTyped.ts";

test("a number that was typed from a barcode is checked by its last digit", () => {
  assert.deepEqual(readTyped("4006381333931"), { kind: "number", number: "04006381333931" });
  assert.deepEqual(readTyped(" 4 006381 333931 "), { kind: "number", number: "04006381333931" });
  for (let at = 0; at < 13; at++)
    for (let digit = 0; digit < 10; digit++) {
      const wrong = `${"4006381333931".slice(0, at)}${digit}${"4006381333931".slice(at + 1)}`;
      if (wrong !== "4006381333931") assert.equal(readTyped(wrong), undefined, wrong);
    }
});

test("a shop's own number is taken as it is", () => {
  for (const number of ["B8", "B8-M", "12345678", "4711"])
    assert.deepEqual(readTyped(number), { kind: "number", number });
});

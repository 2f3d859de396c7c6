import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { measureSizes, quotedTable, sizesTable } from "../../scripts/sizes.ts";

describe("the size of what a page loads", () => {
  for (const { file, gzip, ceiling } of measureSizes()) {
    it(`is at most ${ceiling} bytes for ${file}`, () => assert.ok(gzip <= ceiling, `${gzip} bytes gzip -9`));
  }

  it("is what the README says; after a change: npm run sizes", () => {
    assert.equal(quotedTable(), sizesTable());
  });
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseGlass } from "../../kiosk/src/reach/glass.ts";
import { reachOf } from "../../kiosk/src/reach/reachOf.ts";
import { pagePath, readOptions } from "../../kiosk/shell/src/shared/readOptions.ts";

const DEFAULTS = { page: "/page", pageWithoutCamera: "/page-without-camera", data: "/data" };

describe("where hands reach", () => {
  it("begins at 1220 mm above the floor and ends at 380", () => {
    const glass = parseGlass("680x1209@200")!;
    const { mm, top, foot } = reachOf(glass, { width: 1080, height: 1920 });
    const above = (y: number) => glass.aboveFloor + (1920 - y) / mm;
    assert.ok(Math.abs(mm - 1.588) < 0.001);
    assert.ok(Math.abs(above(top) - 1220) < 1);
    assert.ok(Math.abs(above(1920 - foot) - 380) < 1);
  });

  it("is all of a small glass that hangs low, and never less than a screen needs", () => {
    const page = { width: 1920, height: 1080 };
    assert.deepEqual(reachOf(parseGlass("708x398@700")!, page).top, 0);
    const high = parseGlass("708x398@1300")!;
    const { mm, top } = reachOf(high, page);
    assert.ok((1080 - top) / mm >= 280);
  });

  it("takes what was measured, and nothing else", () => {
    assert.deepEqual(parseGlass("530x940@600"), { width: 530, height: 940, aboveFloor: 600 });
    for (const text of [
      "",
      "530x940",
      "53x940@600",
      "530x9400@600",
      "530x940@-5",
      "530 x 940@600",
      "530x940@600&",
    ])
      assert.equal(parseGlass(text), undefined, text);
  });

  it("is told to the page by either shell, and a slip of the pen to the person who installs", () => {
    const { glass } = readOptions(["--glass", "530x940@600"], DEFAULTS);
    assert.equal(pagePath({ glass }), "/?glass=530x940@600");
    assert.equal(pagePath(readOptions([], DEFAULTS)), "/");
    assert.throws(() => readOptions(["--glass", "53cm"], DEFAULTS), /530x940@600/);
  });
});

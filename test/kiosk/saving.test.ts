import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fileOf, limitOf } from "../../kiosk/phone/src/saving.ts";

const IPHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1";
const MAC =
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/19.0 Safari/605.1.15";
const ANDROID = "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/156.0.0.0 Mobile Safari/537.36";

describe("what a phone cannot do", () => {
  const cases: [
    what: string,
    userAgent: string,
    maxTouchPoints: number,
    mimeType: string,
    limit: string | undefined,
  ][] = [
    ["an iPhone takes no WebM into Photos", IPHONE, 5, "video/webm;codecs=vp9", "photos"],
    ["nor does an iPad, which calls itself a Mac", MAC, 5, "video/webm", "photos"],
    ["a Mac has files", MAC, 0, "video/webm", undefined],
    ["an iPhone takes MP4", IPHONE, 5, "video/mp4", undefined],
    ["Android takes both", ANDROID, 5, "video/webm", undefined],
    ["an app's own browser may save nothing", `${ANDROID} MicroMessenger/8.0.50`, 5, "video/webm", "in_app"],
    ["on an iPhone too", `${IPHONE} Instagram 300.0`, 5, "video/webm", "in_app"],
  ];
  for (const [what, userAgent, maxTouchPoints, mimeType, limit] of cases)
    it(what, () => assert.equal(limitOf({ userAgent, maxTouchPoints }, mimeType), limit));
});

describe("a saved look", () => {
  it("has a name that says what it is, and its true format", () => {
    const look = { index: 1, part: new Blob(), seal: "", mimeType: "video/webm;codecs=vp9" };
    const file = fileOf(
      { ...look, details: { article: { sku: "c1", name: "Crêpe / “culottes”" } } },
      new Blob(["x"]),
    );
    assert.deepEqual([file.name, file.type, file.size], ["look-2-crêpe-culottes.webm", "video/webm", 1]);
    assert.equal(fileOf({ ...look, mimeType: "video/mp4", details: {} }, new Blob()).name, "look-2.mp4");
  });
});

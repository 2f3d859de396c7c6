// The build for cubicles has no camera in it: not switched off, not there.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const DIST = join(import.meta.dirname, "../../kiosk/dist");

/** How a page comes by a picture, and by what it would look at it. */
const CAMERA_CODE = [
  "getUserMedia",
  "mediaDevices",
  "MediaRecorder",
  "MediaStream",
  "ImageCapture",
  "srcObject",
  "requestVideoFrameCallback",
  "VideoFrame",
  "VideoDecoder",
  "BarcodeDetector",
  "PoseLandmarker",
  "tasks-vision",
  "mediapipe",
  "pose-worker",
  "scan-worker",
  "new Worker",
  "WebAssembly",
  ".wasm",
  ".task",
] as const;

const filesOf = (folder: string) =>
  readdirSync(join(DIST, folder), { recursive: true, withFileTypes: true }).filter((file) => file.isFile());

/** What of a camera stands in the scripts of a build. */
function foundIn(folder: string): string[] {
  const scripts = filesOf(folder).filter(({ name }) => /\.(m?js|html|css)$/.test(name));
  const text = scripts.map(({ parentPath, name }) => readFileSync(join(parentPath, name), "utf8")).join("\n");
  return CAMERA_CODE.filter((word) => text.includes(word));
}

test("the build without a camera has no camera, no vision and no model in it", () => {
  assert.deepEqual(foundIn("page-without-camera"), []);
  assert.deepEqual(
    filesOf("page-without-camera")
      .map(({ name }) => name)
      .sort(),
    ["index.html", "mirror.css", "mirror.js"],
  );
});

test("each of these words is found where a camera is (control)", () => {
  const found = foundIn("page");
  for (const word of [
    "getUserMedia",
    "mediaDevices",
    "MediaRecorder",
    "requestVideoFrameCallback",
    "VideoFrame",
  ])
    assert.ok(found.includes(word), word);
  for (const word of [
    "PoseLandmarker",
    "pose-worker",
    "scan-worker",
    "new Worker",
    "WebAssembly",
    ".wasm",
    ".task",
  ])
    assert.ok(found.includes(word), word);
  assert.ok(filesOf("page").some(({ name }) => name.endsWith(".task")));
});

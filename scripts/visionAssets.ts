// Makes what vision loads from our own origin: the pose model, out of its npm package, MediaPipe's wasm and the barcode reader's.
import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { addMetadata } from "./poseModel/addMetadata.ts";
import { modelMetadata } from "./poseModel/modelMetadata.ts";
import { storedZip } from "./poseModel/storedZip.ts";
import { copyScannerWasm } from "./visionAssets/scanner.ts";

const MODELS = "node_modules/@mediapipe/pose";
const WASM = "node_modules/@mediapipe/tasks-vision/wasm";
/** What a module worker asks for; the others are for pages without SIMD and for classic workers. */
const WASM_FILES = ["vision_wasm_module_internal.js", "vision_wasm_module_internal.wasm"];
const OUT = "packages/vision/dist/assets";
const MIRROR = "kiosk/dist/page/vision";
const TASK = `${OUT}/pose_landmarker_lite.task`;
const TASK_SHA256 = "4acd92af7155b0d9d25a31f5fa40a78a82e2381205d083f07747acfa3c404dad";
/** The detector is the first file inside the package's packed assets. */
const DETECTOR_BYTES = 2_962_288;

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** Zips detector and landmark model into the "task" that MediaPipe loads, each with the input it wants named in it. */
function makePoseTask(): Uint8Array {
  const packed = readFileSync(`${MODELS}/pose_solution_packed_assets.data`);
  const detector = packed.subarray(0, DETECTOR_BYTES);
  const landmarks = readFileSync(`${MODELS}/pose_landmark_lite.tflite`);
  return storedZip([
    {
      name: "pose_detector.tflite",
      data: addMetadata(detector, modelMetadata("pose_detector", { mean: 127.5, std: 127.5 })),
    },
    {
      name: "pose_landmarks_detector.tflite",
      data: addMetadata(landmarks, modelMetadata("pose_landmarks_detector", { mean: 0, std: 255 })),
    },
  ]);
}

function writeTask(): void {
  if (existsSync(TASK) && sha256(readFileSync(TASK)) === TASK_SHA256) return;
  const task = makePoseTask();
  if (sha256(task) !== TASK_SHA256)
    throw new Error(
      `The pose model made from ${MODELS} has sha256 ${sha256(task)}, not ${TASK_SHA256}: ` +
        "run npm ci, so that the locked version of @mediapipe/pose is installed.",
    );
  // Under its name only when whole: a build that is broken off leaves no half a model.
  writeFileSync(`${TASK}.part`, task);
  renameSync(`${TASK}.part`, TASK);
}

function copyWasm(): void {
  for (const file of WASM_FILES) {
    const [from, to] = [`${WASM}/${file}`, `${OUT}/wasm/${file}`];
    if (!existsSync(to) || !readFileSync(from).equals(readFileSync(to))) copyFileSync(from, to);
  }
}

/** The mirror starts without a network: what its workers load lies beside its page. */
function placeBesideMirror(): void {
  for (const file of readdirSync(OUT, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const from = join(file.parentPath, file.name);
    const to = join(MIRROR, relative(OUT, from));
    mkdirSync(dirname(to), { recursive: true });
    if (!existsSync(to) || statSync(from).size !== statSync(to).size) copyFileSync(from, to);
  }
}

mkdirSync(`${OUT}/wasm`, { recursive: true });
writeTask();
copyWasm();
copyScannerWasm();
placeBesideMirror();

// A recorded look as a phone keeps it: made by the mirror's own code, in the browsers that the shells bring.
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import { rollup } from "rollup";
import { pageFolder } from "./support/pageFolder.ts";
import { testInBothShells } from "./support/shells.ts";

const MODULE = fileURLToPath(new URL("../../kiosk/dist/looks/toMp4.js", import.meta.url));

/** Records a second of a picture that changes, as the mirror records; and hands it to the mirror's code. */
async function recordAndMake() {
  const canvas = Object.assign(document.createElement("canvas"), { width: 720, height: 1280 });
  const brush = canvas.getContext("2d")!;
  const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: "video/webm;codecs=vp9" });
  const slices: Blob[] = [];
  recorder.addEventListener("dataavailable", ({ data }) => slices.push(data));
  const ended = new Promise((resolve) => recorder.addEventListener("stop", resolve));
  recorder.start(250);
  for (let frame = 0; frame < 20; frame++) {
    brush.fillStyle = `rgb(${frame * 12} 80 80)`;
    brush.fillRect(0, 0, 720, 1280);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  recorder.stop();
  await ended;
  const path = "/toMp4.js";
  const { toMp4 } = (await import(path)) as typeof import("../../kiosk/src/looks/toMp4.ts");
  const mp4 = await toMp4(new Blob(slices, { type: "video/webm" }));
  const config = { codec: "avc1.42e028", width: 720, height: 1280 };
  const { supported } = await VideoEncoder.isConfigSupported(config);
  if (!mp4) return { supported };
  const bytes = await mp4.arrayBuffer();
  const decoded = new TextDecoder("latin1").decode(bytes);
  return { supported, type: mp4.type, isMp4: decoded.slice(4, 8) === "ftyp", profile: profileOf(decoded) };

  function profileOf(text: string): number {
    return text.charCodeAt(text.indexOf("avcC") + 5);
  }
}

testInBothShells(
  "makes an MP4 of a look wherever its browser encodes H.264, in any profile",
  async (t, run) => {
    const folder = pageFolder(t);
    const bundle = await rollup({
      input: MODULE,
      plugins: [nodeResolve({ browser: true })],
      logLevel: "silent",
    });
    await bundle.write({ file: join(folder, "toMp4.js"), format: "es" });
    const mirror = await run({ page: folder });
    const page = await mirror.page();
    const { supported, ...made } = await page.evaluate(recordAndMake);
    t.diagnostic(`${mirror.kind}: ${JSON.stringify({ supported, ...made })}`);
    if (!supported) return assert.deepEqual(made, {}, "handed over as it was recorded");
    assert.deepEqual([made.type, made.isMp4], ["video/mp4", true]);
    assert.ok(made.profile === 100 || made.profile === 66, String(made.profile));
  },
);

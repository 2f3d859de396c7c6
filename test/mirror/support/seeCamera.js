// Runs in the page: supervises its camera, or a painted one whose pictures a test chooses.
import { superviseCamera } from "../../../packages/vision/dist/camera/superviseCamera.js";

function begin(platform) {
  globalThis.camera = superviseCamera({ platform });
  globalThis.camera.start();
}

globalThis.superviseReal = () => begin({});

/** A stream of a canvas that is painted as `globalThis.paint` says. */
globalThis.superviseFake = () => {
  globalThis.paint = "moving";
  const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 180 });
  const context = canvas.getContext("2d");
  let count = 0;
  setInterval(() => {
    if (globalThis.paint === "still") return;
    context.fillStyle = globalThis.paint === "black" ? "#000" : `hsl(${count++ % 360} 80% 60%)`;
    context.fillRect(0, 0, canvas.width, canvas.height);
  }, 40);
  begin({ open: async () => canvas.captureStream(25) });
};

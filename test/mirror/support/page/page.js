// Beats from its frame loop, as the mirror does; all else is done by the tests.
import { openShell } from "./shell.js";

const shell = openShell();
const commands = [];
shell.onCommand((command) => commands.push(command));
globalThis.mirror = { shell, commands };

let lastBeat = -Infinity;
function draw(at) {
  if (at - lastBeat >= 1000) {
    lastBeat = at;
    shell.beat({ session: "idle", camera: "off", version: "test", rules: undefined, fps: 60 });
  }
  requestAnimationFrame(draw);
}
requestAnimationFrame(draw);
document.documentElement.dataset.ready = "yes";

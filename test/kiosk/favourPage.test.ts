import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { getPriority } from "node:os";
import { it } from "node:test";
import { deferBackground } from "../../kiosk/shell/src/shared/favourPage.ts";
import { launchChromium } from "../support/chromium.ts";

/** Above every process there can be. */
const NOBODY = 2 ** 22 + 1;

const isLinux = process.platform === "linux";

it("defers the worker of a page and not the thread that draws it", { skip: !isLinux }, async (t) => {
  const browser = await launchChromium();
  t.after(() => browser.close());
  const page = await browser.newPage();
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        const worker = new Worker(URL.createObjectURL(new Blob(["postMessage('runs')"])));
        worker.addEventListener("message", resolve);
      }),
  );
  const threads = () =>
    readdirSync("/proc")
      .filter((id) => /^\d+$/.test(id) && isRendererOf(id, process.pid))
      .flatMap((id) =>
        readdirSync(`/proc/${id}/task`).map((thread) => ({
          name: thread === id ? "draws" : readFileSync(`/proc/${id}/task/${thread}/comm`, "utf8").trim(),
          nice: getPriority(Number(thread)),
        })),
      );
  const niceOf = (pattern: RegExp) => threads().flatMap(({ name, nice }) => (pattern.test(name) ? nice : []));
  // Those that draw, whatever the browser itself made of them: a page in the background has other priorities.
  const drawing = () => niceOf(/^(draws$|Compositor)/);
  assert.ok(drawing().length > 1, JSON.stringify(threads()));
  assert.deepEqual(niceOf(/^DedicatedWorker/), [0]);
  // Nobody's pages but its own.
  await deferBackground(NOBODY);
  assert.deepEqual(niceOf(/^DedicatedWorker/), [0]);
  await deferBackground(process.pid);
  assert.deepEqual(niceOf(/^DedicatedWorker/), [10]);
  assert.ok(
    drawing().every((nice) => nice < 10),
    JSON.stringify(threads()),
  );
});

/** Asked of the system in another way than the code does: by the file of each process. */
function isRendererOf(id: string, root: number): boolean {
  try {
    if (!readFileSync(`/proc/${id}/cmdline`, "utf8").includes("--type=renderer")) return false;
    for (let at = Number(id); at > 1;) {
      if (at === root) return true;
      at = Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${at}/status`, "utf8"))![1]);
    }
  } catch {
    // It has ended.
  }
  return false;
}

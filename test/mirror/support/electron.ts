import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { _electron, type ElectronApplication } from "playwright-core";
import { findElectronForTests } from "../../../scripts/findElectron.ts";
import { findDisplayServer, openDisplay } from "../../support/display.ts";
import { installElectron } from "./installElectron.ts";
import { shellArguments, isReady, until, type Cleanup, type RunOptions, type Running } from "./running.ts";

/** Why the tests of Electron cannot run here; false when they can. */
export const whyNoElectron = (): string | false => {
  if (!findElectronForTests()) return "no Electron here: set VITRINE_ELECTRON";
  return findDisplayServer() ? false : "no Xvfb here: apt-get install xvfb";
};

/** A mirror in a real Electron. */
export interface RunningElectron extends Running {
  app: ElectronApplication;
}

/** Starts it; ends with the test. */
export async function runElectron(t: Cleanup, options: RunOptions): Promise<RunningElectron> {
  const display = await openDisplay(findDisplayServer()!, "540x960");
  t.after(() => display.close());
  const folder = options.data ?? mkdtempSync(join(tmpdir(), "vitrine-mirror-"));
  if (options.data === undefined)
    t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const app = await _electron.launch({
    executablePath: installElectron(t, "electron"),
    // As root, Electron runs without its sandbox only.
    args: [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), ...shellArguments(options, folder)],
    env: { ...process.env, ...options.env, DISPLAY: display.name, TMPDIR: folder },
  });
  const child = app.process();
  let logged = "";
  child.stderr?.on("data", (part) => (logged += String(part)));
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  };
  t.after(kill);
  return {
    kind: "electron",
    app,
    folder,
    display: display.name,
    logged: () => logged,
    kill,
    page: (notThis) =>
      until("a ready page in Electron", async () => {
        for (const page of app.windows()) if (page !== notThis && (await isReady(page))) return page;
        return undefined;
      }),
    processes: (kind) =>
      app.evaluate(
        ({ app }, type) =>
          app
            .getAppMetrics()
            .filter((metric) => metric.type === type)
            .map(({ pid }) => pid),
        kind === "gpu" ? "GPU" : "Tab",
      ),
  };
}

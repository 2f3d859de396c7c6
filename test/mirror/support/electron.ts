import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { _electron, type ElectronApplication, type Page } from "playwright-core";
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
      until(
        "a ready page in Electron",
        async () => {
          for (const page of app.windows()) if (page !== notThis && (await isReady(page))) return page;
          return undefined;
        },
        async () => `${await describeWindows(app, notThis)}\nThe shell said:\n${logged.slice(-4_000)}`,
      ),
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

/** The windows as Electron and as the tests' driver know them: where they differ, the driver is at fault. */
async function describeWindows(app: ElectronApplication, notThis?: Page): Promise<string> {
  const asked = app.evaluate(({ webContents }) =>
    webContents
      .getAllWebContents()
      .map(
        (one) => `${one.getURL()} ${one.isCrashed() ? "crashed" : one.isLoading() ? "loading" : "loaded"}`,
      ),
  );
  const known = await Promise.race([asked, delay(5_000, ["does not answer"], { ref: false })]);
  const driven = await Promise.all(
    app.windows().map(async (page) => `${page.url()} ${page === notThis ? "old" : await describePage(page)}`),
  );
  return `Electron's windows: ${known.join(", ")}\nThe driver's: ${driven.join(", ")}`;
}

async function describePage(page: Page): Promise<string> {
  const asked = page.evaluate(() => document.body.innerText).catch(String);
  const text = await Promise.race([asked, delay(5_000, "does not answer", { ref: false })]);
  return JSON.stringify(text.slice(0, 500));
}

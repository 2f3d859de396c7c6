import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { _electron, type ElectronApplication, type Page } from "playwright-core";
import { findElectronForTests } from "../../../scripts/findElectron.ts";
import { installElectron } from "./installElectron.ts";
import { findDisplayServer, openDisplay } from "../../support/display.ts";

/** Why the tests of Electron cannot run here; false when they can. */
export const whyNoElectron = (): string | false => {
  if (!findElectronForTests()) return "no Electron here: set VITRINE_ELECTRON";
  return findDisplayServer() ? false : "no Xvfb here: apt-get install xvfb";
};

/** A mirror in a real Electron, on a display of its own. */
export interface RunningElectron {
  app: ElectronApplication;
  /** Its data folder. */
  data: string;
  display: string;
  pid: number;
  /** What the main process wrote to its log. */
  logged(): string;
  /** The window that is shown now, when its page is ready. */
  page(): Promise<Page>;
}

interface Cleanup {
  after: (end: () => void | Promise<void>) => void;
}

/** Starts it with these arguments; ends with the test. */
export async function startElectron(
  t: Cleanup,
  args: string[],
  data = newFolder(t),
): Promise<RunningElectron> {
  const display = await openDisplay(findDisplayServer()!, "540x960");
  t.after(() => display.close());
  const app = await _electron.launch({
    executablePath: installElectron(t, "electron"),
    // As root, Electron runs without its sandbox only.
    args: [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), "--data", data, ...args],
    env: { ...process.env, DISPLAY: display.name },
  });
  const child = app.process();
  let logged = "";
  child.stderr?.on("data", (part) => (logged += String(part)));
  // Killed, not asked: a test may have stopped it.
  t.after(() => void child.kill("SIGKILL"));
  return {
    app,
    data,
    display: display.name,
    pid: child.pid!,
    logged: () => logged,
    page: () => readyPage(app),
  };
}

function newFolder(t: Cleanup): string {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-mirror-"));
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

async function readyPage(app: ElectronApplication): Promise<Page> {
  const page = app.windows().at(-1) ?? (await app.waitForEvent("window"));
  await page.locator("html[data-ready]").waitFor({ state: "attached" });
  return page;
}

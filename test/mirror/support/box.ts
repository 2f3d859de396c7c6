import { mkdtempSync, rmSync } from "node:fs";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { chromium, type Browser, type Page } from "playwright-core";
import { findBrowser } from "../../../scripts/findBrowser.ts";
import { startBox } from "../../../kiosk/shell/src/box/startBox.ts";
import type { ShellOptions } from "../../../kiosk/shell/src/shared/readOptions.ts";
import { CHROMIUM_FLAGS } from "../../support/chromium.ts";
import { findDisplayServer, openDisplay } from "../../support/display.ts";

/** Why the tests of Chromium's kiosk mode cannot run here; false when they can. */
export const whyNoBox = (): string | false =>
  findDisplayServer() ? false : "no Xvfb here: apt-get install xvfb";

/** A mirror in Chromium, on a display of its own. */
export interface RunningBox {
  data: string;
  display: string;
  /** Where profiles are made. */
  profiles: string;
  logged(): string;
  /**
   * The page on the screen, once an element says that it is ready. A browser that takes an earlier one's place is
   * another page.
   */
  page(ready?: string): Promise<Page>;
}

interface Cleanup {
  after: (end: () => void | Promise<void>) => void;
}

const GUARD_MS = 60_000;

/** Starts a box; ends with the test. */
export async function runBox(
  t: Cleanup,
  options: Partial<ShellOptions> & { page: string },
): Promise<RunningBox> {
  const display = await openDisplay(findDisplayServer()!, "540x960");
  t.after(() => display.close());
  const data = mkdtempSync(join(tmpdir(), "vitrine-box-"));
  t.after(() => rmSync(data, { recursive: true, force: true, maxRetries: 5 }));
  const port = await freePort();
  let logged = "";
  const box = await startBox({
    data,
    isWindowed: false,
    fakeCamera: undefined,
    enrolment: undefined,
    silenceMs: 20_000,
    // Tests look on through a port; the box itself goes by its pipe.
    // Without a window manager nothing makes the window as large as the screen.
    // The pose model wants WebGL, which a machine without a graphics card draws in software.
    chromiumFlags: [
      ...CHROMIUM_FLAGS,
      `--remote-debugging-port=${port}`,
      "--window-size=540,960",
      "--enable-unsafe-swiftshader",
    ],
    chromium: findBrowser(),
    env: { ...process.env, DISPLAY: display.name, XDG_RUNTIME_DIR: data },
    supervisor: { ready: () => undefined, alive: () => undefined, intervalMs: undefined },
    restart: () => undefined,
    log: (line) => (logged += `${line}\n`),
    ...options,
  });
  t.after(() => box.close());
  return {
    data,
    display: display.name,
    profiles: data,
    logged: () => logged,
    page: (ready = "html[data-ready]") => readyPage(t, port, ready),
  };
}

/** Connects anew each time: every shopper has a browser of her own. */
async function readyPage(t: Cleanup, port: number, ready: string): Promise<Page> {
  for (const end = Date.now() + GUARD_MS; Date.now() < end; await delay(100)) {
    const page = await connect(t, port, ready).catch(() => undefined);
    if (page) return page;
  }
  throw new Error("The box showed no page.");
}

async function connect(t: Cleanup, port: number, ready: string): Promise<Page | undefined> {
  const browser: Browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  t.after(() => browser.close().catch(() => undefined));
  const page = browser
    .contexts()
    .flatMap((context) => context.pages())
    .at(-1);
  await page?.locator(ready).waitFor({ state: "attached", timeout: 5_000 });
  return page;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Browser } from "playwright-core";
import { findBrowser } from "../../../scripts/findBrowser.ts";
import { CHROMIUM_FLAGS } from "../../support/chromium.ts";
import { findDisplayServer, openDisplay } from "../../support/display.ts";
import { shellArguments, isReady, until, type Cleanup, type RunOptions, type Running } from "./running.ts";

const MAIN = fileURLToPath(new URL("../../../kiosk/shell/dist/box/main.js", import.meta.url));

/** Why the tests of Chromium's kiosk mode cannot run here; false when they can. */
export const whyNoBox = (): string | false =>
  findDisplayServer() ? false : "no Xvfb here: apt-get install xvfb";

/** Starts a box and its Chromium; ends with the test. */
export async function runBox(t: Cleanup, options: RunOptions): Promise<Running> {
  const display = await openDisplay(findDisplayServer()!, "540x960");
  t.after(() => display.close());
  const folder = options.data ?? mkdtempSync(join(tmpdir(), "vitrine-box-"));
  if (options.data === undefined)
    t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const port = await freePort();
  const box = spawn(process.execPath, [MAIN, ...argumentsOf(options, folder, port)], {
    env: {
      ...process.env,
      ...options.env,
      DISPLAY: display.name,
      CHROME_PATH: findBrowser(),
      XDG_RUNTIME_DIR: folder,
      TMPDIR: folder,
    },
    stdio: ["ignore", "inherit", "pipe"],
  });
  let logged = "";
  box.stderr.on("data", (part) => (logged += String(part)));
  const end = async (signal: NodeJS.Signals) => {
    if (box.exitCode !== null || box.signalCode !== null) return;
    const ended = once(box, "exit");
    box.kill(signal);
    await ended;
  };
  t.after(() => end("SIGTERM"));

  let browser: Browser | undefined;
  t.after(() => browser?.close().catch(() => undefined));
  // Every shopper has a browser of her own, on the same port.
  const connect = async () => {
    if (!browser?.isConnected())
      browser = await chromium
        .connectOverCDP(`http://127.0.0.1:${port}`, { timeout: 5_000 })
        .catch(() => undefined);
    return browser;
  };
  return {
    kind: "chromium",
    folder,
    display: display.name,
    logged: () => logged,
    page: (notThis) =>
      until("a ready page in Chromium", async () => {
        const pages = (await connect())?.contexts().flatMap((context) => context.pages()) ?? [];
        for (const page of pages) if (page !== notThis && (await isReady(page))) return page;
        return undefined;
      }),
    processes: async (kind) => {
      const session = await (await connect())!.newBrowserCDPSession();
      const { processInfo } = await session.send("SystemInfo.getProcessInfo");
      return processInfo.filter(({ type }) => type.toLowerCase() === kind).map(({ id }) => id);
    },
    kill: async () => {
      await end("SIGKILL");
      await until("the end of Chromium", () => (browser?.isConnected() ? undefined : true));
    },
  };
}

function argumentsOf(options: RunOptions, data: string, port: number): string[] {
  const flags = [
    ...CHROMIUM_FLAGS,
    // Tests look on through a port; the box itself goes by its pipe.
    `--remote-debugging-port=${port}`,
    // Without a window manager nothing makes the window as large as the screen.
    "--window-size=540,960",
    // The pose model wants WebGL, which a machine without a graphics card draws in software.
    "--enable-unsafe-swiftshader",
  ];
  // Where a test can search it: by itself a box keeps profiles in memory, in a folder that all boxes share.
  return [
    ...shellArguments(options, data),
    "--profiles",
    data,
    ...flags.map((flag) => `--chromium-flag=${flag}`),
  ];
}

/** A port that nobody listens on, for Chromium, which cannot tell which one it took. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import type { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { findEngine, howToInstall } from "../../scripts/engines.ts";
import { openWebDriver, sendCommand, type WebDriver } from "./webDriver.ts";

/** Starting takes a second; a busy machine may need many. */
const START_TIMEOUT_MS = 60_000;

// The kernel ends a process whose parent died, however it died: Ctrl-C, an exception or a kill. The browser itself goes
// with its display.
function spawnTied(
  command: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  stdio: "ignore" | "pipe",
): ChildProcess {
  return spawn("setpriv", ["--pdeathsig", "KILL", command, ...args], {
    detached: true,
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "ignore", stdio],
  });
}

function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid) process.kill(-pid, "SIGKILL");
  } catch {
    // It ended by itself.
  }
}

/** The number of a display of our own, which the server chooses and writes to its fourth file when it is ready. */
async function readDisplay(server: ChildProcess): Promise<string> {
  const pipe = server.stdio[3] as Readable;
  let text = "";
  for await (const part of pipe) {
    text += String(part);
    if (text.endsWith("\n")) return `:${text.trim()}`;
  }
  throw new Error("Xvfb ended before it had a display.");
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

async function untilReady(address: string, driver: ChildProcess): Promise<void> {
  for (const end = Date.now() + START_TIMEOUT_MS; Date.now() < end; await delay(50)) {
    if (driver.exitCode !== null) throw new Error(`WebKitWebDriver ended with ${driver.exitCode}.`);
    const status = await sendCommand<{ ready: boolean }>("GET", `${address}/status`).catch(() => undefined);
    if (status?.ready) return;
  }
  throw new Error("WebKitWebDriver did not become ready.");
}

/** WebKitGTK's small browser on a display of its own; its storage lives in memory and ends with it. */
export async function launchWebKit(): Promise<WebDriver> {
  const files = findEngine("webkit");
  if (!files) throw new Error(`No WebKitGTK found (${howToInstall("webkit")}).`);
  const started: ChildProcess[] = [];
  const endAll = () => started.splice(0).reverse().forEach(endGroup);
  try {
    const screen = ["-displayfd", "3", "-screen", "0", "1280x800x24", "-nolisten", "tcp"];
    const server = spawnTied(files.display, screen, {}, "pipe");
    started.push(server);
    const env = {
      DISPLAY: await readDisplay(server),
      LIBGL_ALWAYS_SOFTWARE: "1",
      NO_AT_BRIDGE: "1",
      DBUS_SESSION_BUS_ADDRESS: "disabled:",
    };
    const port = await freePort();
    const driver = spawnTied(files.driver, [`--port=${port}`, "--host=127.0.0.1"], env, "ignore");
    started.push(driver);
    const address = `http://127.0.0.1:${port}`;
    await untilReady(address, driver);
    const session = await openWebDriver(address, {
      "webkitgtk:browserOptions": { binary: files.browser, args: ["--automation"] },
    });
    return { ...session, close: () => session.close().finally(endAll) };
  } catch (error) {
    endAll();
    throw error;
  }
}

import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { findEngine, howToInstall } from "../../scripts/engines.ts";
import { endGroup, openDisplay, spawnTied } from "./display.ts";
import { openWebDriver, sendCommand, type WebDriver } from "./webDriver.ts";

/** Starting takes a second; a busy machine may need many. */
const START_TIMEOUT_MS = 60_000;

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
  const ends: (() => void)[] = [];
  const endAll = () =>
    ends
      .splice(0)
      .reverse()
      .forEach((end) => end());
  try {
    const display = await openDisplay(files.display, "1280x800");
    ends.push(display.close);
    const env = {
      DISPLAY: display.name,
      LIBGL_ALWAYS_SOFTWARE: "1",
      NO_AT_BRIDGE: "1",
      DBUS_SESSION_BUS_ADDRESS: "disabled:",
    };
    const port = await freePort();
    const driver = spawnTied(files.driver, [`--port=${port}`, "--host=127.0.0.1"], env, "ignore");
    ends.push(() => endGroup(driver));
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

import { BrowserWindow, screen, session, type Session, type WebContents } from "electron";
import type { Stage } from "../shared/recovery.ts";
import { SAFE_PAGE_PATH } from "../shared/safePage.ts";
import { PAGE_ORIGIN } from "./origin.ts";
import { windowOptions } from "./windowOptions.ts";

/** The window on the screen. */
export interface ElectronStage extends Stage {
  contents(): WebContents | undefined;
}

/** What a stage is made with. */
export interface StageOptions {
  isWindowed: boolean;
  /** Of the mirror, with what it is told at its start. */
  path: string;
  preload: string;
  /** Closes a new partition and serves the page in it. */
  prepare: (session: Session) => void;
  onFail: (reason: string) => void;
  onShown: () => void;
}

interface Shown {
  window: BrowserWindow;
  shopper: Session;
}

/** Shows one window at a time, each in a partition of its own that lives in memory. */
export function createStage({
  isWindowed,
  path,
  preload,
  prepare,
  onFail,
  onShown,
}: StageOptions): ElectronStage {
  let shown: Shown | undefined;
  let count = 0;

  const open = (url: string) => {
    const partition = `shopper-${++count}`;
    const shopper = session.fromPartition(partition, { cache: false });
    prepare(shopper);
    const { bounds } = screen.getPrimaryDisplay();
    const window = new BrowserWindow(windowOptions({ isWindowed, bounds }, partition, preload));
    const mine: Shown = { window, shopper };
    shown = mine;
    window.removeMenu();
    const fail = (reason: string) => shown === mine && onFail(reason);
    window.once("ready-to-show", () => {
      window.show();
      onShown();
    });
    // Also when somebody closes the window from outside; one that we end is not `shown` any more.
    window.once("closed", () => fail("the window was closed"));
    window.webContents.on("render-process-gone", (_event, { reason }) =>
      fail(`the page's process ended (${reason})`),
    );
    window.webContents.on("unresponsive", () => fail("the page does not answer"));
    window.webContents.on("preload-error", (_event, _path, { message }) =>
      fail(`the preload script failed: ${message}`),
    );
    // The reason is told by the event below.
    void window.loadURL(url).catch(() => undefined);
    window.webContents.on("did-fail-load", (_event, code, text, _url, isMainFrame) => {
      if (isMainFrame) fail(`the page cannot be loaded (${code} ${text})`);
    });
  };

  const replace = async (url: string) => {
    const old = shown;
    shown = undefined;
    if (old) endWindow(old.window);
    open(url);
    await Promise.all([old?.shopper.clearStorageData(), old?.shopper.clearCache()]);
  };

  screen.on("display-metrics-changed", () => {
    if (!isWindowed) shown?.window.setBounds(screen.getPrimaryDisplay().bounds);
  });
  return {
    renew: () => replace(PAGE_ORIGIN + path),
    showSafePage: () => replace(PAGE_ORIGIN + SAFE_PAGE_PATH),
    contents: () => (shown && !shown.window.isDestroyed() ? shown.window.webContents : undefined),
  };
}

/** Ends a window with its process: screen, memory and camera at once, also when the page hangs. */
function endWindow(window: BrowserWindow): void {
  if (window.isDestroyed()) return;
  const pid = window.webContents.getOSProcessId();
  window.destroy();
  try {
    // Electron asks its processes to end; one that is stuck does not hear it.
    if (pid > 0) process.kill(pid, "SIGKILL");
  } catch {
    // It is gone already.
  }
}

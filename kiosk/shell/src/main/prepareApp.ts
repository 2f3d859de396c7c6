import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { app, Menu, protocol } from "electron";
import type { ShellOptions } from "../shared/readOptions.ts";
import { SCHEME } from "./origin.ts";
import { guardAllContents } from "./guardContents.ts";

/** All that must be said before Electron is ready. */
export function prepareApp({ data, fakeCamera }: ShellOptions): void {
  app.setPath("userData", data);
  // What Chromium itself writes; a power cut may have left some of it.
  app.setPath("sessionData", join(data, "chromium"));
  // An installed mirror does not start without it; as root Electron starts only so, which tests need.
  if (!app.commandLine.hasSwitch("no-sandbox")) app.enableSandbox();
  // What a page over HTTPS has.
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true };
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }]);
  guardAllContents();
  Menu.setApplicationMenu(null);
  app.commandLine.appendSwitch("disable-pinch");
  app.commandLine.appendSwitch("overscroll-history-navigation", "0");
  app.commandLine.appendSwitch("disable-http-cache");
  // Voices of this machine, for reading aloud; without it Chromium on Linux has none.
  app.commandLine.appendSwitch("enable-speech-dispatcher");
  if (fakeCamera !== undefined) {
    app.commandLine.appendSwitch("use-fake-device-for-media-stream");
    app.commandLine.appendSwitch("use-file-for-fake-video-capture", fakeCamera);
  }
}

/** Removes what the last run left, when no other run uses it. */
export function removeLeftovers({ data }: ShellOptions): void {
  const folder = join(data, "chromium");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { mode: 0o700 });
}

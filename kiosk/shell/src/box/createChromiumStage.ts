import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import type { Readable, Writable } from "node:stream";
import type { StageEvents } from "../shared/createMirror.ts";
import type { Stage } from "../shared/recovery.ts";
import { SAFE_PAGE_PATH } from "../shared/safePage.ts";
import type { Access } from "./createAccess.ts";
import type { CommandStream } from "./commandStream.ts";
import { chromiumFlags, type FlagOptions } from "./chromiumFlags.ts";
import { guardBrowser } from "./guardBrowser.ts";
import { newProfile } from "./profileFolder.ts";

/** A browser on the screen, one at a time. */
export interface ChromiumStage extends Stage {
  /** Ends the browser and removes its profile. */
  close(): Promise<void>;
}

/** What a stage is made with. */
export interface ChromiumStageOptions
  extends Pick<FlagOptions, "isWindowed" | "fakeCamera" | "more">, StageEvents {
  chromium: string;
  env: NodeJS.ProcessEnv;
  origin: string;
  hasCamera: boolean;
  /** Of the mirror, with what it is told at its start. */
  path: string;
  access: Access;
  commands: CommandStream;
  /** Folder of the profiles. */
  profiles: string;
}

interface Shown {
  browser: ChildProcess;
  profile: string;
}

/** Shows each shopper a Chromium of her own, whose profile is removed with it. */
export function createChromiumStage(options: ChromiumStageOptions): ChromiumStage {
  const { chromium, env, commands, origin, path, hasCamera, access, profiles, onFail, onShown } = options;
  let shown: Shown | undefined;
  // Changes come one after the other: two browsers would fight for screen and camera.
  let changing: Promise<void> = Promise.resolve();

  const end = async () => {
    const old = shown;
    shown = undefined;
    if (!old) return;
    await endBrowser(old.browser);
    await rm(old.profile, { recursive: true, force: true, maxRetries: 5 });
  };
  const open = (target: string) => {
    commands.forget();
    const profile = newProfile(profiles);
    const url = origin + access.renew(target);
    const browser = spawn(chromium, chromiumFlags({ ...options, url, profile }), {
      // A group of its own, so that nothing of it outlives it.
      detached: true,
      env,
      stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
    });
    const mine: Shown = { browser, profile };
    shown = mine;
    let isOver = false;
    /** What ends a browser is often told twice, by its page and by its process. */
    const fail = (reason: string) => {
      if (shown === mine && !isOver) onFail(reason);
      isOver = true;
    };
    browser.once("error", (error) => fail(`Chromium cannot be started: ${error.message}`));
    browser.once("exit", () => fail("Chromium ended"));
    guardBrowser(browser.stdio[3] as Writable, browser.stdio[4] as Readable, {
      origin,
      hasCamera,
      onFail: fail,
      onShown,
    });
  };
  const change = (step: () => Promise<void>) => (changing = changing.then(step, step));
  const replace = (target: string) =>
    change(async () => {
      await end();
      open(target);
    });
  return {
    renew: () => replace(path),
    showSafePage: () => replace(SAFE_PAGE_PATH),
    close: () => change(end),
  };
}

async function endBrowser(browser: ChildProcess): Promise<void> {
  if (browser.pid === undefined || browser.exitCode !== null || browser.signalCode !== null) return;
  const ended = once(browser, "exit");
  try {
    process.kill(-browser.pid, "SIGKILL");
  } catch {
    // It ended by itself; `exit` follows.
  }
  await ended;
}

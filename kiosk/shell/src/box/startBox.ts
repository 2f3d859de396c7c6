import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createCatalogue } from "../shared/catalogue/createCatalogue.ts";
import { createIdentityStore } from "../shared/identityStore.ts";
import { keepRules } from "../shared/keepRules.ts";
import { createKiosk } from "../shared/kiosk.ts";
import { createMirror } from "../shared/createMirror.ts";
import { enrolAtStart } from "../shared/enrolAtStart.ts";
import type { Supervisor } from "../shared/notifySystemd.ts";
import { pagePath, type ShellOptions } from "../shared/readOptions.ts";
import { requirePage } from "../shared/requirePage.ts";
import { createAccess } from "./createAccess.ts";
import { createChromiumStage, type ChromiumStage } from "./createChromiumStage.ts";
import { createCommandStream } from "./commandStream.ts";
import { profileParent, removeOrphans } from "./profileFolder.ts";
import { serveLoopback } from "./serveLoopback.ts";

/** What a box needs of its process. */
export interface BoxOptions extends ShellOptions {
  chromium: string;
  env: NodeJS.ProcessEnv;
  supervisor: Supervisor;
  /** Ends this process; a new one follows. */
  restart: () => void;
  log: (line: string) => void;
}

/** A running mirror in Chromium. */
export interface Box {
  close(): Promise<void>;
}

/**
 * Serves the page on the loopback and shows it in Chromium.
 * @throws Error with a sentence for the person who installs, when the kiosk cannot be enrolled.
 */
export async function startBox(options: BoxOptions): Promise<Box> {
  const { page, hasCamera, data, isWindowed, fakeCamera, enrolment, silenceMs, chromiumFlags, env } = options;
  requirePage(page);
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const profiles = options.profiles ?? profileParent(env);
  mkdirSync(profiles, { recursive: true });
  removeOrphans(profiles);
  const client = createKiosk({
    fetch: (url, init) => fetch(url, init),
    store: createIdentityStore(join(data, "kiosk.json")),
  });
  const kiosk = keepRules(client, join(data, "rules.json"));
  const catalogue = createCatalogue({
    kiosk,
    folder: join(data, "catalogue"),
    fetch: (url, init) => fetch(url, init),
    now: Date.now,
  });
  await enrolAtStart(kiosk, enrolment);
  const access = createAccess();
  const commands = createCommandStream();
  const identity = () => kiosk.identity();
  const loopback = await serveLoopback({
    served: () => ({
      folder: page,
      identity: identity(),
      hasCamera,
      picture: (path) => catalogue.picture(path),
    }),
    access,
    commands,
    door: () => mirror.door,
  });
  let stage: ChromiumStage | undefined;
  const { chromium, supervisor, restart, log } = options;
  const mirror = createMirror({
    kiosk,
    catalogue,
    supervisor,
    data,
    silenceMs,
    restart,
    log,
    createStage: (events) =>
      (stage = createChromiumStage({
        chromium,
        env,
        origin: loopback.origin,
        hasCamera,
        path: pagePath(options),
        access,
        commands,
        profiles,
        isWindowed,
        fakeCamera,
        more: chromiumFlags,
        ...events,
      })),
    tell: (command) => commands.tell(command),
  });
  const stop = mirror.start();
  return {
    async close() {
      stop();
      await stage?.close();
      await loopback.close();
    },
  };
}

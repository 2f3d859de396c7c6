import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { app, powerSaveBlocker, session } from "electron";
import { COMMAND_CHANNEL } from "../shared/channels.ts";
import { createCatalogue } from "../shared/catalogue/createCatalogue.ts";
import { createMirror } from "../shared/createMirror.ts";
import { enrolAtStart } from "../shared/enrolAtStart.ts";
import { createIdentityStore } from "../shared/identityStore.ts";
import { keepRules } from "../shared/keepRules.ts";
import { createKiosk } from "../shared/kiosk.ts";
import { notifySystemd } from "../shared/notifySystemd.ts";
import { pagePath, type ShellOptions } from "../shared/readOptions.ts";
import { requirePage } from "../shared/requirePage.ts";
import { answerIpc } from "./answerIpc.ts";
import { createStage, type ElectronStage } from "./createStage.ts";
import { guardSession } from "./guardSession.ts";
import { keyRing } from "./keyRing.ts";
import { serveProtocol } from "./serveProtocol.ts";

const log = (line: string) => void process.stderr.write(`${line}\n`);

/**
 * Hangs Electron's parts together; to be called when Electron is ready.
 * @throws Error with a sentence for the person who installs, when the kiosk cannot be enrolled.
 */
export async function showMirror({
  page,
  hasCamera,
  data,
  isWindowed,
  enrolment,
  silenceMs,
  glass,
}: ShellOptions): Promise<void> {
  requirePage(page);
  // What the device asks with its key never shares a partition, nor a cookie, with a shopper.
  const device = session.fromPartition("device", { cache: false });
  const client = createKiosk({
    fetch: (url, init) => device.fetch(url, init),
    store: createIdentityStore(join(data, "kiosk.json"), keyRing()),
  });
  const kiosk = keepRules(client, join(data, "rules.json"));
  const catalogue = createCatalogue({
    kiosk,
    folder: join(data, "catalogue"),
    fetch: (url, init) => device.fetch(url, init),
    now: Date.now,
  });
  await enrolAtStart(kiosk, enrolment);
  powerSaveBlocker.start("prevent-display-sleep");
  const identity = () => kiosk.identity();
  const preload = fileURLToPath(new URL("preload.cjs", import.meta.url));
  let stage: ElectronStage | undefined;
  const supervisor = notifySystemd(process.env, log);
  const mirror = createMirror({
    kiosk,
    catalogue,
    supervisor,
    data,
    silenceMs,
    log,
    createStage: (events) =>
      (stage = createStage({
        isWindowed,
        path: pagePath({ glass }),
        preload,
        prepare: (partition) => {
          guardSession(partition, { identity, hasCamera });
          serveProtocol(partition, () => ({
            folder: page,
            identity: identity(),
            hasCamera,
            picture: (path) => catalogue.picture(path),
          }));
        },
        ...events,
      })),
    tell: (command) => stage?.contents()?.send(COMMAND_CHANNEL, command),
    restart: () => {
      // A supervisor starts us anew itself; two mirrors would fight for the camera.
      if (supervisor.intervalMs === undefined) app.relaunch();
      app.exit(0);
    },
  });
  answerIpc(mirror.door, () => stage?.contents());
  // Between two windows there is none, and that is no end.
  app.on("window-all-closed", () => undefined);
  const stop = mirror.start();
  app.on("before-quit", stop);
  app.on("child-process-gone", (_event, { type, reason }) => log(`${type} ended (${reason})`));
}

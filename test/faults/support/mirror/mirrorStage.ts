import { runBox, whyNoBox } from "../../../mirror/support/box.ts";
import { runElectron, whyNoElectron } from "../../../mirror/support/electron.ts";
import type { Running, RunOptions } from "../../../mirror/support/running.ts";
import { createSceneCamera, type SceneCamera } from "../../../mirror/support/sceneCamera.ts";
import { asAdmin } from "../../../server/support/kiosks.ts";
import { runVitrine, type Running as Server } from "../../../server/support/runVitrine.ts";
import { temporaryFolder } from "../../../support/shopper.ts";
import type { Scope } from "../FaultRow.ts";
import { copyHurriedPage } from "./hurriedPage.ts";

/** A mirror with its shop's server, and a camera before which somebody stands or not. */
export interface MirrorStage {
  server: Server;
  kioskId: string;
  camera: SceneCamera;
  /** The mirror as it was started last. */
  running: Running;
  /** All that the mirror may write to. */
  folder: string;
  /** Starts the mirror again on the same folder, as a supervisor does. */
  restart: () => Promise<Running>;
}

/** What a stage is made of, where it is not the usual. */
export interface MirrorStageOptions extends Partial<Omit<RunOptions, "data">> {
  shell?: Running["kind"];
  /** Where the mirror keeps all; a folder of its own by itself. */
  folder?: string;
  /** Puts something between the mirror and its server. @returns the address by which the mirror knows the server */
  between?: (server: string) => Promise<string>;
}

const RUN = { chromium: runBox, electron: runElectron };

/** Why there can be no such stage here; undefined when there can. */
export const noMirror = async (): Promise<string | undefined> => whyNoBox() || undefined;

/** The shells that are here, in the order in which trials take turns. */
const SHELLS_HERE: Running["kind"][] = whyNoElectron() ? ["chromium"] : ["chromium", "electron"];

/** Which shell a trial's mirror stands in. */
export const shellOf = (trial: number): Running["kind"] => SHELLS_HERE[trial % SHELLS_HERE.length]!;

/** Sets it up; it ends with the scope. */
export async function setMirrorStage(scope: Scope, options: MirrorStageOptions = {}): Promise<MirrorStage> {
  const { shell = "chromium", folder: given, between, ...more } = options;
  const server = await runVitrine(scope);
  const { body } = await asAdmin(server, "POST", "/kiosks", { name: "Fitting room 3", store: "berlin" });
  const kioskId = body.kiosk.id;
  const camera = await createSceneCamera(scope);
  const own = given === undefined ? await temporaryFolder("mirror") : undefined;
  if (own) scope.after(own.remove);
  const folder = given ?? own!.path;
  const page = more.page ?? (await copyHurriedPage(scope));
  const run = (enrolment?: RunOptions["enrolment"]) =>
    RUN[shell](scope, {
      ...more,
      page,
      data: folder,
      fakeCamera: camera.file,
      ...(enrolment && { enrolment }),
    });
  const stage: MirrorStage = {
    server,
    kioskId,
    camera,
    folder,
    running: await run({ endpoint: (await between?.(server.url)) ?? server.url, code: body.code }),
    restart: async () => (stage.running = await run()),
  };
  return stage;
}

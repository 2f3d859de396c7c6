import { join } from "node:path";
import type { Command, Health } from "@vitrine/kiosk/shell";
import type { Catalogue } from "./catalogue/createCatalogue.ts";
import { createDoor, type Door } from "./door.ts";
import { favourPage } from "./favourPage.ts";
import { createHeartbeat } from "./heartbeat.ts";
import type { Kiosk } from "./kiosk.ts";
import { keepAlive } from "./keepAlive.ts";
import { machineState } from "./machineState.ts";
import type { Supervisor } from "./notifySystemd.ts";
import { createTryOns } from "./outbox/createTryOns.ts";
import { createRecovery, type Stage } from "./recovery.ts";
import { PATIENCE } from "./pulse.ts";

/** What a stage reports. */
export interface StageEvents {
  onFail: (reason: string) => void;
  onShown: () => void;
}

/** What makes a mirror out of its parts; the stage is Electron's or Chromium's. */
export interface MirrorOptions {
  kiosk: Kiosk;
  catalogue: Catalogue;
  createStage: (events: StageEvents) => Stage;
  supervisor: Supervisor;
  /** Kept free space is told of this folder. */
  data: string;
  silenceMs: number;
  /** Tells the page on the screen. */
  tell: (command: Command) => void;
  /** Ends this process; a new one follows. */
  restart: () => void;
  log: (line: string) => void;
}

/** A mirror that was not shown yet. */
export interface Mirror {
  door: Door;
  /** Shows the page and looks after it, until the returned function is called. */
  start(): () => void;
}

/** Hangs door, recovery and heartbeat together. */
export function createMirror(options: MirrorOptions): Mirror {
  const { kiosk, catalogue, supervisor, data, silenceMs, tell, restart, log } = options;
  let health: Health | undefined;
  let isReady = false;
  /** A page is dark or not as the shop said last, whichever page that was. */
  let isNight = false;
  let isToldOfNight = false;
  let isStopped = false;
  const onShown = () => {
    isToldOfNight = false;
    if (!isReady) supervisor.ready();
    isReady = true;
  };
  const onFail = (reason: string) => {
    if (!isStopped) recovery.fail(reason);
  };
  const stage = options.createStage({ onFail, onShown });
  const recovery = createRecovery({ stage, silenceMs, startMs: PATIENCE.startMs, now: monotonicNow, log });
  const tryOns = createTryOns({ kiosk, folder: join(data, "outbox"), log });
  const heartbeat = createHeartbeat({
    post: async (body) => {
      if (!kiosk.identity()) return undefined;
      const answer = await kiosk.call("POST", "/v1/kiosk/heartbeat", body);
      if (answer.status === 200) tryOns.onHeard(answer.body);
      return answer;
    },
    health: () => health && { ...health, ...(recovery.isResting() ? RESTING : {}), queue: tryOns.depth() },
    machine: () => machineState(data),
    carryOut: (command) => {
      tell(command);
      if (command === "night" || command === "day") isNight = command === "night";
      if (command === "restart") restart();
      else if (command === "reload" || command === "wipe") recovery.show();
    },
  });
  const onBeat = (next: Health) => {
    const isNews = next.session !== health?.session;
    health = next;
    recovery.beat();
    if (isNight && !isToldOfNight) tell("night");
    isToldOfNight = true;
    // The server ends what a kiosk that is idle again still holds; it should not have to wait for that.
    if (isNews) void heartbeat.send();
  };
  return {
    door: createDoor({
      kiosk: catalogue.kiosk,
      onBeat,
      onTrack: tryOns.track,
      onWipe: () => recovery.show(),
    }),
    start() {
      recovery.show();
      const stop = keepAlive({ recovery, supervisor, heartbeat, refresh: () => catalogue.refresh() });
      const letBe = favourPage();
      tryOns.start();
      return () => {
        isStopped = true;
        stop();
        letBe();
        tryOns.stop();
      };
    },
  };
}

const monotonicNow = (): number => performance.now();

/** What is true while the safe page stands in. */
const RESTING = { session: "idle", camera: "off", fps: 0 } as const;

import { browserCamera, type CameraPlatform } from "./cameraPlatform.ts";
import { stateOfError, type CameraState } from "./cameraState.ts";
import { stopTracks, watchStream, type StreamHealth, type WatchedStream } from "./watchStream.ts";

/** A camera that is kept alive. */
export interface Camera {
  readonly state: CameraState;
  /** There while a camera is open; a new one after it was healed. */
  readonly stream: MediaStream | undefined;
  /** Opens the camera, and keeps opening it until `stop`. */
  start(): void;
  /** Ends the track, so that the camera's own light goes out. */
  stop(): void;
  /** Calls back on every change of the state; returns the function that ends it. */
  onChange(listener: (state: CameraState) => void): () => void;
}

/** How a camera is asked for. */
export interface CameraOptions {
  /** 1280×720 at 30 frames a second where nothing else is said. Sound is never asked for. */
  constraints?: MediaTrackConstraints;
  platform?: Partial<CameraPlatform>;
}

const DEFAULTS: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30 },
};
const FIRST_RETRY_MS = 500;
/** A camera that is back without a word is found within five seconds. */
const LONGEST_RETRY_MS = 4000;
/** A stream that gives nothing good is opened anew after so long, then after twice that, and so on. */
const FIRST_REOPEN_MS = 5000;
const LONGEST_REOPEN_MS = 60_000;

/** Keeps a camera open, says what it does, and brings it back after whatever befell it. Video only. */
export function superviseCamera({ constraints = DEFAULTS, platform }: CameraOptions = {}): Camera {
  const parts: CameraPlatform = { ...browserCamera, ...platform };
  const listeners = new Set<(state: CameraState) => void>();
  let state: CameraState = { kind: "off" };
  let watched: WatchedStream | undefined;
  /** Counts requests: the answer to one that was given up is thrown away. */
  let request = 0;
  let isOpening = false;
  let wasThere = false;
  let failures = 0;
  let reopens = 0;
  let isRetryPlanned = false;
  let cancelRetry = nothing;
  let forgetDevices = nothing;

  const tell = (kind: CameraState["kind"]): void => {
    if (state.kind === kind) return;
    state = { kind };
    for (const listener of listeners) listener(state);
  };

  const close = (): void => {
    watched?.end();
    watched = undefined;
  };

  const planRetry = (delayMs: number): void => {
    isRetryPlanned = true;
    cancelRetry = parts.after(delayMs, open);
  };

  const forgetRetry = (): void => {
    isRetryPlanned = false;
    cancelRetry();
  };

  function open(): void {
    forgetRetry();
    close();
    if (isOpening) return;
    isOpening = true;
    const mine = ++request;
    const settle = (then: () => void): void => {
      isOpening = false;
      then();
    };
    parts.open({ video: constraints, audio: false }).then(
      (stream) => (mine === request ? settle(() => begin(stream)) : stopTracks(stream)),
      (error: unknown) => mine === request && settle(() => fail(error)),
    );
  }

  function begin(stream: MediaStream): void {
    failures = 0;
    watched = watchStream(stream, parts, react);
  }

  function fail(error: unknown): void {
    tell(stateOfError(error, wasThere));
    planRetry(Math.min(FIRST_RETRY_MS * 2 ** failures++, LONGEST_RETRY_MS));
  }

  function react(health: StreamHealth): void {
    if (health === "ended") {
      close();
      forgetRetry();
      planRetry(FIRST_RETRY_MS);
    } else if (health === "live") {
      forgetRetry();
      reopens = 0;
      wasThere = true;
    } else if (!isRetryPlanned) {
      // It may heal by itself; else it is opened anew, ever less often.
      planRetry(Math.min(FIRST_REOPEN_MS * 2 ** reopens++, LONGEST_REOPEN_MS));
    }
    tell(health === "ended" ? "unplugged" : health);
  }

  return {
    get state() {
      return state;
    },
    get stream() {
      return watched?.stream;
    },
    start() {
      if (state.kind !== "off") return;
      tell("starting");
      forgetDevices = parts.onDevicesChanged(() => {
        if (!watched) open();
      });
      open();
    },
    stop() {
      request++;
      isOpening = wasThere = false;
      failures = reopens = 0;
      forgetRetry();
      forgetDevices();
      close();
      tell("off");
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const nothing = (): void => {};

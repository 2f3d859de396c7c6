import type { Shell } from "../../../kiosk/src/shell.ts";

/** What a test holds in its hands of the world around the mirror's page. */
export interface World {
  /** Whether somebody stands in front, and in which film she turns. */
  film(name: "turn_a" | "turn_b"): Promise<void>;
  leave(): void;
  /** She has turned once around. */
  isTurned(): boolean;
  /** The page's clock stands, so that nothing runs out while a screen is looked at. */
  hold(): void;
  release(): void;
  /** Lets time pass, nearly at once: she stands where she stood, and is seen there meanwhile. */
  skip(ms: number): Promise<void>;
  /** Name of the error with which the camera fails, or "" */
  failCamera(error: string): void;
  server: { isEnrolled: boolean; isPaired: boolean; isLocked: boolean; isDown: boolean };
  /** What was said aloud, and by which language's voice. */
  said: { text: string; language: string }[];
  /** How often speech was cut off. */
  cuts: number;
  setVoices(languages: string[]): void;
  plugHeadset(isPlugged: boolean): void;
}

/** Runs in the page before it; needs nothing from outside itself. */
export function fakeWorld(): void {
  const realNow = performance.now.bind(performance);
  let onRelease = () => {};
  let [offset, heldAt] = [0, undefined as number | undefined];
  performance.now = () => (heldAt ?? realNow()) + offset;
  // The camera's frames go by the same clock: else she was last seen after now, and nobody ever misses her.
  const { requestVideoFrameCallback } = HTMLVideoElement.prototype;
  HTMLVideoElement.prototype.requestVideoFrameCallback = function (callback) {
    return requestVideoFrameCallback.call(this, (_, metadata) => callback(performance.now(), metadata));
  };

  const yaws = new BroadcastChannel("yaw");
  let isThere = false;
  let turn: number[] = [0];
  const canvas = document.createElement("canvas");
  const isPortrait = innerHeight > innerWidth;
  [canvas.width, canvas.height] = isPortrait ? [720, 1280] : [1280, 720];
  const brush = canvas.getContext("2d")!;
  const film = document.createElement("video");
  Object.assign(film, { muted: true, playsInline: true });
  let beats = 0;
  const draw = () => {
    const frame = Math.min(turn.length - 1, Math.floor(film.currentTime * 30));
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none
    yaws.postMessage(isThere ? turn[frame] : null);
    if (film.readyState >= 2) {
      // The film stands upright; on a lying picture the room beside it is drawn out of its edges.
      const wide = isPortrait ? 720 : 405;
      const left = (canvas.width - wide) / 2;
      brush.drawImage(film, 0, 0, 8, 1280, 0, 0, left, canvas.height);
      brush.drawImage(film, 712, 0, 8, 1280, left + wide, 0, left, canvas.height);
      brush.drawImage(film, left, 0, wide, canvas.height);
    }
    // A camera's picture is never twice the same.
    const grey = 60 + (beats++ % 97);
    brush.fillStyle = `rgb(${grey} ${grey} ${grey})`;
    brush.fillRect(0, 0, 24, 24);
  };

  let cameraError = "";
  let camera: MediaStream | undefined;
  const devices = navigator.mediaDevices;
  devices.getUserMedia = async () => {
    if (cameraError) throw new DOMException("not now", cameraError);
    return (camera = canvas.captureStream(30));
  };
  let outputs = 1;
  devices.enumerateDevices = async () =>
    Array.from({ length: outputs }, () => ({ kind: "audiooutput" }) as MediaDeviceInfo);

  const server: World["server"] = {
    isEnrolled: sessionStorage.getItem("unenrolled") === null,
    isPaired: false,
    isLocked: false,
    isDown: false,
  };
  const lease = () => ({ id: "l1", state: server.isLocked ? "locked" : "open" });
  const answers: [RegExp, () => unknown][] = [
    [
      /^GET \/v1\/kiosk\/pairings\//,
      () => (server.isPaired ? { state: "confirmed", lease: lease() } : { state: "waiting" }),
    ],
    [
      /^POST \/v1\/kiosk\/pairings/,
      () => ({ id: "p1", url: "https://shop.example/.vitrine/pair#KX7Q-2M9D" }),
    ],
    [/^POST .*\/lock$/, () => ((server.isLocked = true), {})],
    [/^GET \/v1\/kiosk\/leases\//, lease],
    [
      /^GET \/v1\/kiosk\/articles/,
      () => ({
        article: { sku: "B3-M", name: "Xenia wool coat", brand: "Nordhaus" },
        sizes: ["S", "M", "L"].map((size, stock) => ({ size, sku: `B3-${size}`, stock })),
      }),
    ],
    [/^POST \/v1\/kiosk\/requests/, () => ({ id: "r1" })],
    [/^GET \/v1\/kiosk\/requests/, () => ({ state: "coming" })],
    [/^POST \/v1\/kiosk\/handoffs/, () => ({ id: "h1", url: "https://vitrine.example/take/h1" })],
  ];
  const shell: Shell = {
    kind: "chromium",
    identity: async () =>
      server.isEnrolled
        ? {
            endpoint: "https://vitrine.example",
            kioskId: "k1",
            name: "Mirror 1",
            store: "Kungsgatan",
            site: "demo",
            shopUrl: "https://shop.example/",
          }
        : undefined,
    enrol: async () => {
      throw new Error("The code is not valid any more. Make a new one in the console: it lasts ten minutes.");
    },
    call: async (method, path) => {
      if (server.isDown) return { status: 0, body: undefined };
      const found = answers.find(([pattern]) => pattern.test(`${method} ${path}`));
      return { status: 200, body: found ? found[1]() : {} };
    },
    beat: () => {},
    track: async () => {},
    // A page that is looked at goes when it was seen.
    wipe: async () => {
      if (heldAt === undefined) location.reload();
      else onRelease = () => location.reload();
    },
    onCommand: () => () => {},
  };

  // A machine keeps its voices when the page begins anew.
  let voices = sessionStorage.getItem("voices")?.split(" ") ?? [];
  const engine = Object.assign(new EventTarget(), {
    getVoices: () => voices.map((lang) => ({ lang, localService: true, name: lang })),
    speak: ({ text, lang }: { text: string; lang: string }) => world.said.push({ text, language: lang }),
    cancel: () => world.cuts++,
  });
  class Utterance {
    text: string;
    lang = "";
    voice: unknown;
    constructor(text: string) {
      this.text = text;
    }
  }

  const world: World = {
    film: async (name) => {
      film.src = `/${name}.mp4`;
      // Four seconds for either turn: enough for a recorder on a slow machine.
      film.playbackRate = name === "turn_a" ? 2 : 1;
      turn = ((await (await fetch(`/${name}.json`)).json()) as { yaw_deg: number[] }).yaw_deg;
      isThere = true;
      await film.play();
    },
    isTurned: () => film.ended,
    leave: () => void (isThere = false),
    hold: () => void (heldAt ??= realNow()),
    release: () => {
      if (heldAt !== undefined) offset -= realNow() - heldAt;
      heldAt = undefined;
      onRelease();
    },
    // Whoever goes unseen for three seconds is somebody new. The page looks at the time ten times a second.
    skip: async (ms) => {
      for (let left = ms; left > 0; left -= 2000) {
        offset += Math.min(left, 2000);
        await new Promise((resolve) => setTimeout(resolve, 150));
      }
    },
    failCamera: (error) => {
      cameraError = error;
      if (error) camera?.getTracks()[0]!.dispatchEvent(new Event("ended"));
    },
    server,
    said: [],
    cuts: 0,
    setVoices: (languages) => {
      voices = languages;
      sessionStorage.setItem("voices", languages.join(" "));
      engine.dispatchEvent(new Event("voiceschanged"));
    },
    plugHeadset: (isPlugged) => {
      outputs = isPlugged ? 2 : 1;
      devices.dispatchEvent(new Event("devicechange"));
    },
  };
  Object.assign(window, { world });
  for (const [name, value] of Object.entries({
    shell,
    speechSynthesis: engine,
    SpeechSynthesisUtterance: Utterance,
  }))
    Object.defineProperty(window, name, { value, configurable: true });
  setInterval(draw, 33);
}

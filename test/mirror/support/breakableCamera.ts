/** What befalls a camera. */
export type CameraFault =
  | "absent"
  | "denied"
  | "busy"
  | "unplugged"
  | "revoked"
  | "muted"
  | "frozen"
  | "black"
  | "covered"
  | "resized";

/** A camera that a test breaks. */
export interface BreakableCamera {
  /** @returns when, by the page's clock */
  befall(fault: CameraFault | undefined): number;
  /** When the page asked for it. */
  asked: number[];
}

/** Runs in the page before it, and before its fake world: keeps the browser's own way to its camera. */
export function keepRealCamera(): void {
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  Object.assign(window, { realCamera: real });
}

/**
 * Runs in the page before it: stands between the page and the browser's own camera, and breaks what the browser cannot be
 * told to break. Needs nothing from outside itself.
 * @param first befalls it from the beginning
 */
export function breakCamera(first: CameraFault | undefined): void {
  const { realCamera } = window as unknown as { realCamera: MediaDevices["getUserMedia"] };
  const errors: Partial<Record<CameraFault, string>> = {
    absent: "NotFoundError",
    denied: "NotAllowedError",
    busy: "NotReadableError",
    unplugged: "NotFoundError",
    revoked: "NotAllowedError",
  };
  let fault = first;
  let track: MediaStreamTrack | undefined;
  const painter = document.createElement("canvas");
  const brush = painter.getContext("2d")!;
  const film = Object.assign(document.createElement("video"), { muted: true, playsInline: true });
  const paint = () => {
    if (fault === "frozen") return;
    const [width, height] = fault === "resized" ? [320, 240] : [640, 360];
    if (painter.width !== width) [painter.width, painter.height] = [width, height];
    const isDark = fault === "black" || fault === "covered";
    if (!isDark && film.readyState >= 2) return brush.drawImage(film, 0, 0, width, height);
    brush.fillStyle = "#000";
    brush.fillRect(0, 0, width, height);
    // What a sensor sees in the dark.
    brush.fillStyle = "#040404";
    for (let spots = fault === "covered" ? 500 : 0; spots > 0; spots--)
      brush.fillRect(Math.random() * width, Math.random() * height, 3, 3);
  };
  setInterval(paint, 33);

  const camera: BreakableCamera = {
    befall(next) {
      const before = fault;
      fault = next;
      if (next && errors[next] && track) {
        track.stop();
        track.dispatchEvent(new Event("ended"));
      }
      if (next === "muted" || before === "muted")
        track?.dispatchEvent(new Event(next === "muted" ? "mute" : "unmute"));
      return performance.now();
    },
    asked: [],
  };
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    camera.asked.push(performance.now());
    const error = fault && errors[fault];
    if (error) throw new DOMException("not now", error);
    const real = await realCamera(constraints);
    film.srcObject = real;
    await film.play();
    const stream = painter.captureStream(30);
    const [painted] = stream.getVideoTracks() as [MediaStreamTrack];
    Object.defineProperty(painted, "muted", { get: () => fault === "muted" });
    const stop = painted.stop.bind(painted);
    painted.stop = () => {
      for (const one of real.getTracks()) one.stop();
      stop();
    };
    track = painted;
    return stream;
  };

  Object.assign(window, { camera });
}

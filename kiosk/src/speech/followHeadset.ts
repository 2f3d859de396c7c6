/** The part of `navigator.mediaDevices` that tells of sound outputs. */
export type Devices = Pick<MediaDevices, "enumerateDevices" | "addEventListener" | "removeEventListener">;

/**
 * Tells when a sound output comes that was not there at the start, as a headset does that is plugged in, and when it goes.
 * @returns how to stop
 */
export function followHeadset(devices: Devices | undefined, tell: (isPlugged: boolean) => void): () => void {
  if (!devices) return () => {};
  let first: number | undefined;
  let isPlugged = false;
  let isOver = false;
  const count = async () => {
    const all = await devices.enumerateDevices().catch(() => []);
    const outputs = all.filter(({ kind }) => kind === "audiooutput").length;
    first ??= outputs;
    if (isOver || outputs > first === isPlugged) return;
    isPlugged = outputs > first;
    tell(isPlugged);
  };
  const look = () => void count();
  look();
  devices.addEventListener("devicechange", look);
  return () => {
    isOver = true;
    devices.removeEventListener("devicechange", look);
  };
}

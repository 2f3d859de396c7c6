import type { KioskRow } from "../api/types.ts";
import { strings } from "../strings.ts";
import type { Tone } from "../ui/parts.tsx";

const { states, sessions, cameras } = strings.kiosks;

/** A kiosk reports every twenty seconds; one that missed four reports has fallen silent. */
const SILENT_MS = 90_000;

/** A short word and how it is meant. */
export interface Word {
  text: string;
  tone: Tone;
}

/** True when what it last said is old. @param now the server's clock */
export function isSilent({ heartbeatAt }: KioskRow, now: number): boolean {
  return heartbeatAt !== null && now - heartbeatAt > SILENT_MS;
}

/** Whether it is there, from its last sign of life. */
export function stateWord(kiosk: KioskRow, now: number): Word {
  if (kiosk.state === "waiting") return { text: states.waiting, tone: "info" };
  if (kiosk.state === "revoked") return { text: states.revoked, tone: "plain" };
  if (kiosk.heartbeatAt === null) return { text: states.unheard, tone: "warn" };
  return isSilent(kiosk, now) ? { text: states.silent, tone: "bad" } : { text: states.online, tone: "good" };
}

/** What it says of its camera; those words that a merchant can do something about stand out. */
export function cameraWord(camera: string): Word {
  const isWell = ["live", "off", "none", "starting"].includes(camera);
  return { text: cameras[camera] ?? camera, tone: isWell ? "plain" : "warn" };
}

/** What happens there. */
export const sessionWord = (session: keyof typeof sessions): string => sessions[session];

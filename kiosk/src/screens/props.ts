import type { CameraState } from "@vitrine/vision";
import type { MirrorEvent, Session } from "../session/session.ts";

/** What every screen of an open session is given. */
export interface ScreenProps {
  session: Session;
  /** The state of the camera; undefined in a mirror without one. */
  camera: CameraState | undefined;
  /** ms of the monotonic clock, advancing with each tick. */
  now: number;
  send: (event: MirrorEvent) => void;
}

import type { CameraState } from "@vitrine/vision";
import type { Offer } from "../offers/offersOf.ts";
import type { Server } from "../server/server.ts";
import type { MirrorEvent, Session, SharedEvent } from "../session/session.ts";

/** What every screen of an open session is given, in every build. */
export interface ScreenProps {
  session: Session;
  /** ms of the monotonic clock, advancing with each tick. */
  now: number;
  server: Server;
  /** What the shop's rules show of what her phone lent. */
  offers: readonly Offer[];
  send: (event: SharedEvent) => void;
}

/** What a screen is given where there is a camera; a build without one has nothing to give it. */
export interface CameraScreenProps extends ScreenProps {
  camera: CameraState;
  /** A turn at the shop's pace, in ms. */
  takeMs: number;
  send: (event: MirrorEvent) => void;
}

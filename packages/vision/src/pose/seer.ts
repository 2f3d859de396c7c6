import type { Pose } from "./sighting.ts";

/** A picture that can be handed to the worker without a copy. */
export type Frame = VideoFrame | ImageBitmap;

/** What came out of one frame. */
export interface Seen {
  people: Pose[];
  /** Size of the model's memory, which only grows. */
  memoryBytes: number;
}

/** What the worker offers: opened once, then one frame after the other, `at` rising strictly. */
export interface Seer {
  open(assetsUrl: string): Promise<void>;
  see(frame: Frame, at: number): Seen | Promise<Seen>;
}

/** A started worker, as the page holds it. Rejects when the worker fails; ended, it never answers again. */
export interface RunningSeer {
  /** Settles once the model is there. */
  ready: Promise<void>;
  /** Takes the frame over. */
  see(frame: Frame, at: number): Promise<Seen>;
  end(): void;
}

/** Bounds of what a request may carry. All are inclusive: the last good value, not the first bad one. */
export interface WireLimits {
  /** Events in one batch. */
  maxEvents: number;
  /** Bytes of one event as compact JSON text, inherited context included. */
  maxEventBytes: number;
  /** Nesting; the event itself is level 1. */
  maxDepth: number;
  /** Keys of all objects of one event together. */
  maxKeys: number;
  /** Elements of one array. */
  maxArrayLength: number;
  /** UTF-16 units of one string. */
  maxStringLength: number;
  /** UTF-16 units of one key, and of the name of an event. */
  maxNameLength: number;
}

/** The collector's bounds; size and count of events as in the Segment HTTP API. */
export const WIRE_LIMITS: Readonly<WireLimits> = {
  maxEvents: 500,
  maxEventBytes: 32 * 1024,
  maxDepth: 16,
  maxKeys: 1000,
  maxArrayLength: 1000,
  maxStringLength: 16 * 1024,
  maxNameLength: 256,
};

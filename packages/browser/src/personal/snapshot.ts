import { isObject, type Fold, type Geo, type Ranges } from "@vitrine/core";

/** What the server knows of this device's person, as `GET /v1/profile` gives it. */
export interface Snapshot {
  anonymousId: string;
  revision: number;
  fold: Fold;
  /** What it contains of the page loads that were asked about. */
  received: Record<string, Ranges>;
  /** Where the device was when it asked. */
  geo?: Geo | undefined;
}

/** Reads an answer; undefined for anything that is no snapshot of this device. */
export function parseSnapshot(answer: unknown, anonymousId: string): Snapshot | undefined {
  if (!isObject(answer) || answer.anonymousId !== anonymousId || typeof answer.revision !== "number")
    return undefined;
  const { revision, fold, received } = answer;
  // Its own: a page may have put one under every object.
  const geo = Object.hasOwn(answer, "geo") ? answer.geo : undefined;
  return isObject(fold) && isObject(received)
    ? ({ anonymousId, revision, fold, received, geo } as never)
    : undefined;
}

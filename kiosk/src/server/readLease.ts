import type { ProfileView } from "@vitrine/core";
import type { Lease } from "../session/lease.ts";
import type { CallAnswer } from "../shell.ts";
import { bodyOf } from "./server.ts";

const STATES: readonly unknown[] = ["open", "locked", "ended"] satisfies Lease["state"][];

/** Reads a lease as the server gave it to a question at `askedAt`: it ends no earlier than counted from there. */
export function readLease(value: unknown, askedAt: number): Lease | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { id, state, unknown, left, profile, attribution } = value as Record<string, unknown>;
  if (typeof id !== "string" || !STATES.includes(state)) return undefined;
  if (unknown === true) return { id, state: "unknown" };
  return {
    id,
    state: state as Lease["state"],
    ...(typeof left === "number" && { endsAt: askedAt + left }),
    ...(typeof profile === "object" && profile !== null && { profile: profile as ProfileView }),
    ...(typeof attribution === "string" && { attribution }),
  };
}

/**
 * Reads what a server answered when it was asked for the lease of an id. That it finds none counts only where it says so as our
 * servers say things: a network's own page does not.
 */
export function readLeaseAnswer(
  answer: CallAnswer | undefined,
  id: string,
  askedAt: number,
): Lease | undefined {
  const isProblem = typeof answer?.body === "object" && answer.body !== null;
  if (answer?.status === 404 && isProblem) return { id, state: "unknown" };
  return readLease(bodyOf(answer), askedAt);
}

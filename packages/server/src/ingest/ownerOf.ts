import type { VitrineEvent } from "@vitrine/core";
import type { Submission } from "./prepare.ts";

/** Into whose row an event goes, whose row has the account of its writer, and whether that can be trusted there. */
export interface Owner {
  identity: string;
  account: string;
  ranged: boolean;
}

/** Settles whose an event is: a sender's word counts for its own device, and for others only where it is trusted. */
export function ownerOf(from: Submission, event: VitrineEvent): Owner | { reason: string } {
  const { anonymousId, userId } = event;
  if (from.isTrusted) {
    const identity = userId === undefined ? `anonymous:${anonymousId}` : `user:${userId}`;
    return { identity, account: identity, ranged: true };
  }
  if (anonymousId === undefined) return { reason: "missing_identity" };
  const identity = `anonymous:${anonymousId}`;
  if (from.isShared) return { identity, account: `anonymous:${from.deviceId}`, ranged: true };
  const isDevice = anonymousId === from.deviceId;
  if (anonymousId.startsWith("d_") && !isDevice) return { reason: "device_proof_required" };
  return { identity, account: identity, ranged: isDevice };
}

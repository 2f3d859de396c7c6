import { createSecretKey, type KeyObject, createPublicKey } from "node:crypto";
import { errors, jwtVerify } from "jose";
import type { EventResult } from "@vitrine/core";
import type { ProofKey } from "../options.ts";

/** What a token says, or why it says nothing. `proven` still has to find its device and person apart from others. */
export type ProofWord = NonNullable<EventResult["proof"]>;

/** Whom a proof must be about. */
export interface ProofSubject {
  token: string;
  siteId: string;
  userId: string;
  anonymousId: string;
  /** ms since 1970. */
  now: number;
}

/** Checks proofs: tokens signed by the shop's server. */
export type ProofChecker = (subject: ProofSubject) => Promise<Exclude<ProofWord, "other_person">>;

const CLOCK_TOLERANCE_S = 60;
/** A proof is for now: a token that lives longer would be a password. */
const MAX_LIFETIME_S = 600;

/** Creates the checker for the one algorithm and key of a site; without one nothing is ever proven. */
export function createProofChecker(proof: ProofKey | undefined): ProofChecker {
  if (!proof) return () => Promise.resolve("invalid");
  const key = keyOf(proof);
  return async ({ token, siteId, userId, anonymousId, now }) => {
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: [proof.alg],
        audience: siteId,
        requiredClaims: ["aud", "sub", "exp", "device"],
        clockTolerance: CLOCK_TOLERANCE_S,
        currentDate: new Date(now),
      });
      const issued = Math.min(payload.iat ?? Infinity, now / 1000 + CLOCK_TOLERANCE_S);
      if (payload.exp! - issued > MAX_LIFETIME_S + CLOCK_TOLERANCE_S || payload.sub !== userId)
        return "invalid";
      return payload.device === anonymousId ? "proven" : "wrong_device";
    } catch (error) {
      return error instanceof errors.JWTExpired ? "expired" : "invalid";
    }
  };
}

function keyOf(proof: ProofKey): KeyObject {
  if (proof.alg !== "HS256") return createPublicKey({ key: proof.jwk, format: "jwk" });
  if (Buffer.byteLength(proof.secret) < 32)
    throw new Error("The HS256 proof secret must have at least 32 bytes.");
  return createSecretKey(Buffer.from(proof.secret));
}

import type { ProfileView } from "@vitrine/core";
import type { Lease } from "../session/lease.ts";
import { bodyOf, type Server } from "./server.ts";

/** How often the server is asked whether the phone said yes, in ms. */
const ASK_MS = 1000;

/** Where a pairing stands. */
export type Pairing =
  | { state: "asking" | "offline" | "expired" }
  | { state: "waiting"; url: string }
  | { state: "confirmed"; lease: Lease };

/**
 * Asks for a code and follows it to its end.
 * @returns how to stop
 */
export function askPairing(server: Server, tell: (pairing: Pairing) => void): () => void {
  let timer = 0;
  let isOver = false;
  const follow = async (id: string): Promise<void> => {
    if (isOver) return;
    const askedAt = performance.now();
    const answer = await server.ask("GET", `pairings/${id}`);
    if (isOver) return;
    const { state, lease } = bodyOf(answer) ?? {};
    const lent = readLease(lease, askedAt);
    if (state === "confirmed" && lent) return tell({ state: "confirmed", lease: lent });
    // A code that the server no longer knows is as good as an expired one.
    if (state === "expired" || (answer && state === undefined)) return tell({ state: "expired" });
    timer = window.setTimeout(() => void follow(id), ASK_MS);
  };
  const ask = async () => {
    const { id, url } = bodyOf(await server.ask("POST", "pairings", {})) ?? {};
    if (isOver) return;
    if (typeof id !== "string" || typeof url !== "string") return tell({ state: "offline" });
    tell({ state: "waiting", url });
    await follow(id);
  };
  tell({ state: "asking" });
  void ask();
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}

/**
 * Follows a lease: its phone may lock, open or end it.
 * @returns how to stop
 */
export function followLease(server: Server, id: string, tell: (lease: Lease) => void): () => void {
  let isOver = false;
  const ask = async () => {
    const askedAt = performance.now();
    const lease = readLease(bodyOf(await server.ask("GET", `leases/${id}`)), askedAt);
    if (lease && !isOver) tell(lease);
  };
  const timer = window.setInterval(() => {
    void ask();
  }, ASK_MS);
  return () => {
    isOver = true;
    clearInterval(timer);
  };
}

/** Reads a lease as the server gave it to a question at `askedAt`: it ends no earlier than counted from there. */
function readLease(value: unknown, askedAt: number): Lease | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { id, state, left, profile, attribution } = value as Record<string, unknown>;
  if (typeof id !== "string" || (state !== "open" && state !== "locked" && state !== "ended"))
    return undefined;
  return {
    id,
    state,
    ...(typeof left === "number" && { endsAt: askedAt + left }),
    ...(typeof profile === "object" && profile !== null && { profile: profile as ProfileView }),
    ...(typeof attribution === "string" && { attribution }),
  };
}

import type { Lease } from "../session/lease.ts";
import { readLease } from "./readLease.ts";
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

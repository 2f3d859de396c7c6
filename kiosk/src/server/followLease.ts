import type { CallMethod } from "../shell.ts";
import type { Lease } from "../session/lease.ts";
import { readLeaseAnswer } from "./readLease.ts";
import type { Server } from "./server.ts";

/** How often the server is asked how the lease stands, in ms. */
const ASK_MS = 1000;

/** Between two attempts to tell the server of a lock, in ms. */
const RETRY_MS = 1000;

/** A lease in one era of its session. */
export interface Followed {
  id: string;
  era: number;
  isLocked: boolean;
}

/**
 * Follows a lease: its phone may open or end it. That the mirror locked it the server hears first, and again until it
 * answers: only a word that it gives after it knows of the lock may open the mirror again.
 * @param tell takes what the server said of the lease in this era
 * @returns how to stop
 */
export function followLease(
  server: Server,
  { id, era, isLocked }: Followed,
  tell: (lease: Lease) => void,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  const ask = async (method: CallMethod, path: string, body?: unknown): Promise<boolean> => {
    const askedAt = performance.now();
    const lease = readLeaseAnswer(await server.ask(method, path, body), id, askedAt);
    if (lease && !isOver) tell(lease);
    return lease !== undefined;
  };
  const lock = async (): Promise<void> => {
    // By its era the server knows a lock that comes again from a new one, which would lock what her phone opened since.
    const isKnown = await ask("POST", `leases/${id}/lock`, { era });
    if (isOver) return;
    if (isKnown) follow();
    else timer = setTimeout(() => void lock(), RETRY_MS);
  };
  const follow = () => {
    timer = setInterval(() => void ask("GET", `leases/${id}`), ASK_MS);
  };
  if (isLocked) void lock();
  else follow();
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}

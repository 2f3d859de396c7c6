/** What a phone lets a kiosk know: `looks` are made and taken home there; `profile` is what the shop knows of her. */
export type LeaseScope = "profile" | "looks";

/** What a shopper holds on a kiosk. */
export interface Lease {
  readonly id: string;
  readonly kioskId: string;
  readonly siteId: string;
  /** Anonymous id of the phone; gone with the lease's end. */
  readonly phone: string | undefined;
  readonly scope: readonly LeaseScope[];
  readonly state: "open" | "locked" | "ended";
  /** ms since 1970, as is `until`. */
  readonly startedAt: number;
  /** When she last gave her word: paired, reopened, or said that she is still there. */
  readonly wordAt: number;
  /** When it ends by itself. */
  readonly until: number;
  /** How often its time may still be extended by the kiosk. */
  readonly extensionsLeft: number;
  /** Era of the kiosk whose lock came last; 0 before the first. */
  readonly lockedIn: number;
}

/** An open lease without a sign of life; the kiosk warns before. */
export const OPEN_MS: number = 10 * 60_000;

/** Signs of life keep it open so long after her last word; then the kiosk asks whether she is still there. */
export const ACTIVE_MS: number = 60 * 60_000;

/** How long a locked one waits for its phone. */
export const LOCKED_MS: number = 10 * 60_000;

/** How often the kiosk may extend: no timing without extension, and none without an end. */
export const EXTENSIONS = 10;

/** A kiosk takes a lease over within a second or two; one that says it is idle so long after has lost it. */
const TAKEN_OVER_MS = 30_000;

/** Both sides can read that a lease has ended, for a while. */
const ENDED_KEPT_MS = 10 * 60_000;

/**
 * The leases of all kiosks, in the memory of this process alone: no disk ever holds who stands in front of which mirror,
 * and a restart of the server ends them all.
 */
export interface Leases {
  /** Starts one. Whatever the kiosk or the phone held before ends. */
  start(lease: Pick<Lease, "kioskId" | "siteId" | "scope"> & { phone: string }): Lease;
  /** A kiosk's own lease; undefined for any other. */
  ofKiosk(kioskId: string, id: string): Lease | undefined;
  /** A phone's own lease that has not ended; undefined for any other. */
  ofPhone(phone: string, id: string): Lease | undefined;
  /**
   * @param era of the kiosk, which counts it up with each lock and each reopening. A lock that comes again, or late, changes
   * nothing: her phone may have opened it since.
   * @returns the lease as it is now: an ended one stays ended, a locked one is not locked anew.
   */
  lock(lease: Lease, era?: number): Lease;
  /** For the phone only: open again, with its whole time. */
  reopen(lease: Lease): Lease;
  /** She does something: it ends {@link OPEN_MS} from now, but no later than {@link ACTIVE_MS} after her word. */
  touch(lease: Lease): Lease;
  /** Her word that she is still there. @returns undefined where it is not open, or was extended often enough */
  extend(lease: Lease): Lease | undefined;
  end(lease: Lease): Lease;
  /** Ends what a kiosk has. */
  endAll(kioskId: string): void;
  /** The kiosk says that nobody is there: it was restarted, or lost its lease some other way. */
  endForgotten(kioskId: string): void;
}

/** Creates the leases. @param createId an id that nobody guesses */
export function createLeases(clock: () => number, createId: () => string): Leases {
  const leases = new Map<string, Lease>();

  const put = (lease: Lease): Lease => {
    leases.set(lease.id, lease);
    return lease;
  };
  const end = (lease: Lease): Lease =>
    lease.state === "ended"
      ? lease
      : put({ ...lease, state: "ended", phone: undefined, until: Math.min(lease.until, clock()) });
  const read = (id: string): Lease | undefined => {
    const lease = leases.get(id);
    return lease && clock() >= lease.until ? end(lease) : lease;
  };
  const prune = () => {
    for (const { id } of leases.values()) {
      const { state, until } = read(id)!;
      if (state === "ended" && clock() - until >= ENDED_KEPT_MS) leases.delete(id);
    }
  };
  const endWhere = (isMeant: (lease: Lease) => boolean) => {
    for (const lease of leases.values()) if (isMeant(lease)) end(lease);
  };

  return {
    start({ kioskId, siteId, scope, phone }) {
      prune();
      endWhere((other) => other.kioskId === kioskId || other.phone === phone);
      const startedAt = clock();
      return put({
        id: createId(),
        kioskId,
        siteId,
        phone,
        scope,
        state: "open",
        startedAt,
        wordAt: startedAt,
        until: startedAt + OPEN_MS,
        extensionsLeft: EXTENSIONS,
        lockedIn: 0,
      });
    },
    ofKiosk(kioskId, id) {
      const lease = read(id);
      return lease?.kioskId === kioskId ? lease : undefined;
    },
    ofPhone(phone, id) {
      const lease = read(id);
      return lease?.phone === phone ? lease : undefined;
    },
    lock(lease, era = lease.lockedIn + 1) {
      if (lease.state === "ended" || era <= lease.lockedIn) return lease;
      const until = lease.state === "open" ? clock() + LOCKED_MS : lease.until;
      return put({ ...lease, state: "locked", until, lockedIn: era });
    },
    reopen: (lease) =>
      lease.state === "locked"
        ? put({ ...lease, state: "open", wordAt: clock(), until: clock() + OPEN_MS })
        : lease,
    touch: (lease) =>
      lease.state === "open"
        ? put({ ...lease, until: Math.min(clock() + OPEN_MS, lease.wordAt + ACTIVE_MS) })
        : lease,
    extend: (lease) =>
      lease.state === "open" && lease.extensionsLeft > 0
        ? put({
            ...lease,
            wordAt: clock(),
            until: clock() + OPEN_MS,
            extensionsLeft: lease.extensionsLeft - 1,
          })
        : undefined,
    end,
    endAll: (kioskId) => endWhere((lease) => lease.kioskId === kioskId),
    endForgotten: (kioskId) =>
      endWhere((lease) => lease.kioskId === kioskId && clock() - lease.startedAt >= TAKEN_OVER_MS),
  };
}

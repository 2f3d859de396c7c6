import type { Kiosk } from "./kiosks.ts";

/** A code lives no longer than this, used or not. */
export const CODE_LIFE_MS = 60_000;

/** Codes of one kiosk that work at once: a new one is shown before the old one is too old to be typed in. */
const MAX_OPEN_CODES = 4;

/** The kiosk can read what became of its newest pairings, for a while. */
const MAX_KEPT = 16;
const KEPT_MS = 10 * 60_000;

/** A code that a kiosk shows, and what became of it. */
export interface Pairing {
  readonly id: string;
  /** 128 random bits. */
  readonly code: string;
  readonly kioskId: string;
  readonly siteId: string;
  readonly expiresAt: number;
  /** The lease it led to. */
  readonly leaseId: string | undefined;
}

/** The pairing codes of all kiosks, in memory only: a restart of the server makes all of them expire. */
export interface Pairings {
  create(kiosk: Pick<Kiosk, "id" | "siteId">): Pairing;
  /** A kiosk's own pairing; undefined for any other. */
  ofKiosk(kioskId: string, id: string): Pairing | undefined;
  isOpen(pairing: Pairing): boolean;
  /** The open pairing of a code, without spending it. */
  find(code: string): Pairing | undefined;
  /**
   * Spends a code, and with it every other code of that kiosk: a picture of the screen is worth nothing once somebody
   * has paired. @returns undefined for a spent, expired or unknown code
   */
  spend(code: string, startLease: (pairing: Pairing) => string): Pairing | undefined;
  /** Makes the kiosk's codes expire. */
  dropAll(kioskId: string): void;
}

/** Creates the pairings. @param createId 128 bits or more that nobody guesses */
export function createPairings(clock: () => number, createId: () => string): Pairings {
  const byId = new Map<string, Pairing>();
  const idByCode = new Map<string, string>();

  const isOpen = (pairing: Pairing) => idByCode.has(pairing.code) && clock() < pairing.expiresAt;
  /** A kiosk's own, oldest first. */
  const allOf = (kioskId: string) => [...byId.values()].filter((pairing) => pairing.kioskId === kioskId);
  const openOf = (kioskId: string) => allOf(kioskId).filter(isOpen);
  const close = ({ code }: Pairing) => idByCode.delete(code);
  const forget = (pairing: Pairing) => {
    close(pairing);
    byId.delete(pairing.id);
  };
  const prune = (kioskId: string) => {
    for (const pairing of byId.values()) if (clock() - pairing.expiresAt >= KEPT_MS) forget(pairing);
    for (const pairing of allOf(kioskId).slice(0, 1 - MAX_KEPT)) forget(pairing);
    for (const pairing of openOf(kioskId).slice(0, 1 - MAX_OPEN_CODES)) close(pairing);
  };
  const find = (code: string) => {
    const pairing = byId.get(idByCode.get(code) ?? "");
    return pairing && isOpen(pairing) ? pairing : undefined;
  };
  const dropAll = (kioskId: string) => {
    for (const pairing of openOf(kioskId)) close(pairing);
  };

  return {
    create({ id: kioskId, siteId }) {
      prune(kioskId);
      const pairing = {
        id: createId(),
        code: createId(),
        kioskId,
        siteId,
        expiresAt: clock() + CODE_LIFE_MS,
        leaseId: undefined,
      };
      byId.set(pairing.id, pairing);
      idByCode.set(pairing.code, pairing.id);
      return pairing;
    },
    ofKiosk(kioskId, id) {
      const pairing = byId.get(id);
      return pairing?.kioskId === kioskId ? pairing : undefined;
    },
    isOpen,
    find,
    spend(code, startLease) {
      const pairing = find(code);
      if (!pairing) return undefined;
      dropAll(pairing.kioskId);
      const spent = { ...pairing, leaseId: startLease(pairing) };
      byId.set(spent.id, spent);
      return spent;
    },
    dropAll,
  };
}

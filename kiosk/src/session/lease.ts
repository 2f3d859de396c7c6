import type { ProfileView } from "@vitrine/core";

/** What a phone lends to this mirror: its shopper's word that it may show her things, for a while. */
export interface Lease {
  id: string;
  /** `unknown`: the server has no such lease, or not any more. What her phone wants, it cannot tell. */
  state: "open" | "locked" | "ended" | "unknown";
  /** When it ends by itself, unless the server hears of her; ms of the monotonic clock. */
  endsAt?: number;
  /** She said that she is still there, and no answer of the server tells of a later end yet. */
  isWordGiven?: true;
  /** What the shop knows of her; there only where she lent that, too. */
  profile?: ProfileView;
  /** The server's word that events are hers, for try-on events; there with the profile. */
  attribution?: string;
}

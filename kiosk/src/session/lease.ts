import type { ProfileView } from "@vitrine/core";

/** What a phone lends to this mirror: its shopper's word that it may show her things, for a while. */
export interface Lease {
  id: string;
  /** `looks`: only what is recorded here; `profile`: also what the shop knows. */
  scope: ("looks" | "profile")[];
  state: "open" | "locked" | "ended";
  profile?: ProfileView;
}

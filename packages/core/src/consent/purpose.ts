/** What a person can allow. */
export type Purpose = "analytics" | "personalization" | "marketing" | "camera";

/** All purposes, in the order in which they are shown. */
export const PURPOSES: readonly Purpose[] = ["analytics", "personalization", "marketing", "camera"];

/** The word given for one purpose; `pending` until there is one. */
export type ConsentState = "granted" | "denied" | "pending";

/** A word for each purpose. */
export type Consent = Record<Purpose, ConsentState>;

/** Consent before anyone was asked. */
export const PENDING: Readonly<Consent> = {
  analytics: "pending",
  personalization: "pending",
  marketing: "pending",
  camera: "pending",
};

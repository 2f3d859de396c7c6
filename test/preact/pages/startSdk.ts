import { createVitrine, type Vitrine } from "@vitrine/browser";

declare global {
  interface Window {
    vitrine: Vitrine;
    exposures: unknown[];
  }
}

/** Starts the SDK as the page is told to, and notes what it says was shown. */
export function startSdk(): Vitrine {
  const { site, rulesKey } = document.documentElement.dataset as { site: string; rulesKey: string };
  const vitrine = createVitrine({ site, rulesKey, endpoint: `${location.origin}/v1`, consent: "granted" });
  window.exposures = [];
  vitrine.on("exposure", (exposure) => window.exposures.push(exposure));
  window.vitrine = vitrine;
  return vitrine;
}

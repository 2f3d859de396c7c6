/** When the shopper was last here, ms: whether her next page begins a new session is the server's to know too. */
export const LAST_COOKIE = "vitrine_last";

/** As long as a device's cookie lives. */
const MAX_AGE_S = 400 * 86_400;

/** A session ends after this much idleness. */
const IDLE_MS = 30 * 60_000;

/** Takes the cookie back. */
export function forgetLastActivity(document: Document): void {
  document.cookie = `${LAST_COOKIE}=; Max-Age=0; Path=/; SameSite=Lax`;
}

/** Keeps the cookie when the page is left; `mayKeep` asks whether the person allows it. */
export function keepLastActivity(document: Document, mayKeep: () => boolean): () => void {
  const write = () => {
    if (!mayKeep()) return;
    document.cookie = `${LAST_COOKIE}=${Date.now()}; Max-Age=${MAX_AGE_S}; Path=/; SameSite=Lax`;
  };
  const hide = () => document.visibilityState === "hidden" && write();
  // Of a page that is left, not every browser says both.
  document.addEventListener("visibilitychange", hide);
  addEventListener("pagehide", write);
  return () => {
    document.removeEventListener("visibilitychange", hide);
    removeEventListener("pagehide", write);
  };
}

/** Tells whether a request begins a new session. */
export function beginsSession(cookie: string, now: number): boolean {
  const last = Number(new RegExp(`(?:^|;\\s*)${LAST_COOKIE}=(\\d{13})(?:;|$)`).exec(cookie)?.[1] ?? 0);
  return Math.abs(now - last) >= IDLE_MS;
}

import {
  gateOf,
  superviseDb,
  type Address,
  type ConsentRecord,
  type Platform,
} from "@vitrine/browser/outbox";

/**
 * Creates the question whether this person may be remembered on this device: pages and pictures that were looked at
 * are a trace. Asked anew each time, since a page may have taken the word back; no answer is a no.
 */
export function createConsentCheck(platform: Platform): () => Promise<boolean> {
  const { _run } = superviseDb(platform, () => {});
  return async () => {
    try {
      const words = await _run(undefined, (store) => {
        const [consent, address] = [store("kv").get("consent"), store("kv").get("address")];
        return () =>
          (consent.result as ConsentRecord | undefined)?.words ??
          (address.result as Address | undefined)?.words;
      });
      return !!words && gateOf(words) === "open";
    } catch {
      return false; // the database rests
    }
  };
}

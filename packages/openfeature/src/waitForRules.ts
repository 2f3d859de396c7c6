import { GeneralError, ProviderFatalError } from "@openfeature/web-sdk";
import type { Vitrine } from "@vitrine/browser";

/** A placement that no rule has: the SDK tells by `disabled` whether rules are applied, and has no other word for it. */
const NO_FLAG = "vitrine-openfeature-ready";

/**
 * Waits for the first rules.
 * @throws ProviderFatalError when the page refuses them: another key, or no WebCrypto. GeneralError when they do not come.
 */
export function waitForRules(
  vitrine: Pick<Vitrine, "decide" | "on" | "ready">,
  timeoutMs: number,
): Promise<void> {
  const ends: (() => void)[] = [];
  const waiting = new Promise<void>((resolve, reject) => {
    ends.push(
      vitrine.on("ruleset", () => resolve()),
      vitrine.on("error", ({ code }) => {
        if (code === "rules_refused") reject(new ProviderFatalError("The rules are not signed by this key."));
        if (code === "personal") reject(new GeneralError("The script that decides did not come."));
      }),
    );
    const timer = setTimeout(() => reject(new GeneralError("No rules came in time.")), timeoutMs);
    ends.push(() => clearTimeout(timer));
    void vitrine.ready().then(() => vitrine.decide(NO_FLAG).reason === "disabled" || resolve());
  });
  return waiting.finally(() => ends.forEach((end) => end()));
}

import { verifyRuleset } from "@vitrine/browser";
import type { Ruleset } from "@vitrine/core";
import { useEffect, useState } from "preact/hooks";
import { bodyOf, type Server } from "../server/server.ts";
import type { Shell } from "../shell.ts";

/** How often the shop is asked for newer rules, in ms. */
const ASK_MS = 60_000;

/**
 * The shop's rules: verified as its pages verify them, the last good ones kept. Asked for at once, when a lease begins, and every
 * minute; without a network the shell has those of before.
 * @param lease id of the lease, where there is one
 */
export function useRules(shell: Shell, server: Server, lease: string | undefined): Ruleset | undefined {
  const [ruleset, setRuleset] = useState<Ruleset>();
  useEffect(() => {
    let isOver = false;
    const ask = async () => {
      const { rulesKey } = (await shell.identity()) ?? {};
      const signed = bodyOf(await server.ask("GET", ruleset ? `rules?known=${ruleset.version}` : "rules"));
      const check = {
        site: ruleset?.site,
        rulesKey,
        minVersion: (ruleset?.version ?? -1) + 1,
        now: Date.now(),
      };
      const next = signed && (await verifyRuleset(crypto.subtle, signed, check));
      if (next && !isOver) setRuleset(next);
    };
    void ask();
    const timer = setInterval(() => void ask(), ASK_MS);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [shell, server, lease, ruleset]);
  return ruleset;
}

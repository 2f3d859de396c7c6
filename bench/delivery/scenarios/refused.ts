import { setTimeout as pause } from "node:timers/promises";
import { fiveHundred, MAX_CALLS_MS, type Scenario } from "./Scenario.ts";

/** From the last call on; not compressed, since how libraries wait between tries is the point. */
const OUTAGE_MS = 30_000;
const QUICK_OUTAGE_MS = 5_000;

/** The server answers 500 to everything, for a while; the page stays open. */
export const refused: Scenario = {
  name: "refused",
  about: `(iv) 500s for ${OUTAGE_MS / 1000} s`,
  events: fiveHundred,
  play: async ({ events, server, open, alone, isQuick }) => {
    const tab = await (await open()).openTab();
    const created = await alone(() => {
      server.setMode("refusing");
      return tab.track(0, events, MAX_CALLS_MS);
    });
    await pause(isQuick ? QUICK_OUTAGE_MS : OUTAGE_MS);
    server.setMode("up");
    return { created, tabs: [tab] };
  },
};

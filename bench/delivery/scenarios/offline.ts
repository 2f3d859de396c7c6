import { setTimeout as pause } from "node:timers/promises";
import { fiveHundred, MAX_CALLS_MS, type Scenario } from "./Scenario.ts";

/** The browser stays offline for so long after the last call. */
const OFFLINE_MS = 10_000;

/** The browser is offline, says so to the page, and comes back. */
export const offline: Scenario = {
  name: "offline",
  about: "(ii) offline, then online",
  events: fiveHundred,
  play: async ({ events, open, alone }) => {
    const tab = await (await open()).openTab();
    const created = await alone(async () => {
      await tab.page.setOfflineMode(true);
      return tab.track(0, events, MAX_CALLS_MS);
    });
    await pause(OFFLINE_MS);
    await tab.page.setOfflineMode(false);
    return { created, tabs: [tab] };
  },
};

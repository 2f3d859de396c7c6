import type { Tab } from "../shopper.ts";
import { fiveHundred, MAX_CALLS_MS, type Scenario } from "./Scenario.ts";

const TABS = 3;

/** Three tabs are opened one after the other while the server is down, each tracks its share, and the server comes up. */
export const threeTabs: Scenario = {
  name: "threeTabs",
  about: "(vii) three tabs, server down, then up",
  events: fiveHundred,
  play: async ({ events, server, open, alone }) => {
    const shopper = await open();
    const tabs: Tab[] = [];
    let created = 0;
    await alone(async () => {
      server.setMode("down");
      while (tabs.length < TABS) {
        const tab = await shopper.openTab();
        tabs.push(tab);
        const share = Math.floor((events * tabs.length) / TABS) - created;
        created += await tab.track(created, share, MAX_CALLS_MS);
      }
    });
    server.setMode("up");
    return { created, tabs };
  },
};

import { setTimeout as pause } from "node:timers/promises";
import { fiveHundred, MAX_CALLS_MS, type Scenario } from "./Scenario.ts";

/** The page stays for so long after its last call. */
const STAY_MS = 3000;

/** The server is down for the whole life of the page; the page is closed; the browser is reopened with the server up. */
export const serverDown: Scenario = {
  name: "serverDown",
  about: "(i) server down, page and browser closed, reopened",
  events: fiveHundred,
  play: async ({ events, server, open, alone }) => {
    const created = await alone(async () => {
      server.setMode("down");
      const shopper = await open();
      const tab = await shopper.openTab();
      const made = await tab.track(0, events, MAX_CALLS_MS);
      await pause(STAY_MS);
      // Browsers give a page half a second for its farewell; a busy machine must not take it away.
      await tab.leave();
      await shopper.close();
      return made;
    });
    server.setMode("up");
    return { created, tabs: [await (await open()).openTab()] };
  },
};

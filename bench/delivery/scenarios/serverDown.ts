import { setTimeout as pause } from "node:timers/promises";
import { EVENTS, MAX_CALLS_MS, type Scenario } from "./Scenario.ts";

/** The page stays for so long after its last call. */
const STAY_MS = 3000;

/** The server is down for the whole life of the page; the page is closed; the browser is reopened with the server up. */
export const serverDown: Scenario = {
  name: "serverDown",
  about: "(i) server down, page and browser closed, reopened",
  play: async ({ server, open, alone }) => {
    server.setMode("down");
    const shopper = await open();
    const tab = await shopper.openTab();
    const created = await alone(() => tab.track(0, EVENTS, MAX_CALLS_MS));
    await pause(STAY_MS);
    // Browsers give a page half a second for its farewell; a busy machine must not take it away.
    await alone(async () => {
      await tab.leave();
      await shopper.close();
    });
    server.setMode("up");
    return { created, tabs: [await (await open()).openTab()] };
  },
};

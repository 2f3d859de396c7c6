import { setTimeout as pause } from "node:timers/promises";
import { EVENTS, MAX_CALLS_MS, type Scenario } from "./Scenario.ts";

/** From the last call to the kill. */
const DELAY_MS = 200;

/** The browser's process group is killed soon after the last call, with the server up; then it is reopened. */
export const killed: Scenario = {
  name: "killed",
  about: `(iii) browser killed ${DELAY_MS} ms after the last call, reopened`,
  play: async ({ open, alone }) => {
    const shopper = await open();
    const tab = await shopper.openTab();
    const created = await alone(async () => {
      const made = await tab.track(0, EVENTS, MAX_CALLS_MS);
      await pause(DELAY_MS);
      await shopper.kill();
      return made;
    });
    return { created, tabs: [await (await open()).openTab()] };
  },
};

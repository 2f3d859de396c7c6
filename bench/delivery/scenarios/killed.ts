import { setTimeout as pause } from "node:timers/promises";
import { fiveHundred, MAX_CALLS_MS, type Scenario } from "./Scenario.ts";

/** From the last call to the kill. */
const DELAY_MS = 200;

/** The browser's process group is killed soon after the last call, with the server up; then it is reopened. */
export const killed: Scenario = {
  name: "killed",
  about: `(iii) browser killed ${DELAY_MS} ms after the last call, reopened`,
  events: fiveHundred,
  isTimed: true,
  play: async ({ events, open }) => {
    const shopper = await open();
    const tab = await shopper.openTab();
    const created = await tab.track(0, events, MAX_CALLS_MS);
    await pause(DELAY_MS);
    await shopper.kill();
    return { created, tabs: [await (await open()).openTab()] };
  },
};

import { fiveHundred, MAX_CALLS_MS, type Scenario } from "./Scenario.ts";

/** The control: nothing happens, and all must arrive, or the bench does not understand the library. */
export const allWell: Scenario = {
  name: "allWell",
  about: "control: all well",
  events: fiveHundred,
  play: async ({ events, open, alone }) => {
    const tab = await (await open()).openTab();
    const created = await alone(() => tab.track(0, events, MAX_CALLS_MS));
    return { created, tabs: [tab] };
  },
};

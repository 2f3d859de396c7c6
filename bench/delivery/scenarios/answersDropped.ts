import { setTimeout as pause } from "node:timers/promises";
import { fiveHundred, MAX_CALLS_MS, type Scenario } from "./Scenario.ts";

/** Answers are dropped for so long after the last call. */
const MUTE_MS = 10_000;

/** The server takes every request and drops the connection instead of answering, for a while. */
export const answersDropped: Scenario = {
  name: "answersDropped",
  about: `(v) answers dropped after receipt for ${MUTE_MS / 1000} s`,
  events: fiveHundred,
  play: async ({ events, server, open, alone }) => {
    const tab = await (await open()).openTab();
    const created = await alone(() => {
      server.setMode("mute");
      return tab.track(0, events, MAX_CALLS_MS);
    });
    await pause(MUTE_MS);
    server.setMode("up");
    return { created, tabs: [tab] };
  },
};

import { MAX_CALLS_MS, type Scenario } from "./Scenario.ts";

const MANY = 20_000;
const QUICK_MANY = 2_000;

/** Many events queue up while the server is down; it comes back with the page still open. */
export const manyQueued: Scenario = {
  name: "manyQueued",
  about: `(vi) ${MANY.toLocaleString("en-GB")} events queued, server down, then up`,
  play: async ({ server, open, alone, isQuick }) => {
    const tab = await (await open()).openTab();
    server.setMode("down");
    const created = await alone(() => tab.track(0, isQuick ? QUICK_MANY : MANY, MAX_CALLS_MS));
    server.setMode("up");
    return { created, tabs: [tab] };
  },
};

import { MAX_CALLS_MS, type Scenario } from "./Scenario.ts";

const MANY = 20_000;
const QUICK_MANY = 2_000;

/** Many events queue up while the server is down; it comes back with the page still open. */
export const manyQueued: Scenario = {
  name: "manyQueued",
  about: `(vi) ${MANY.toLocaleString("en-GB")} events queued, server down, then up`,
  events: (isQuick) => (isQuick ? QUICK_MANY : MANY),
  play: async ({ events, server, open, alone }) => {
    const tab = await (await open()).openTab();
    const created = await alone(() => {
      server.setMode("down");
      return tab.track(0, events, MAX_CALLS_MS);
    });
    server.setMode("up");
    return { created, tabs: [tab] };
  },
};

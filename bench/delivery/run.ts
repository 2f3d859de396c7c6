// `npm run bench:delivery`: the same faults for us and for four peers, on the same recording server, in the same run.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { formatDelivery, type Column } from "./formatDelivery.ts";
import { amplitude } from "./peers/amplitude.ts";
import { posthog } from "./peers/posthog.ts";
import { segment } from "./peers/segment.ts";
import { snowplow } from "./peers/snowplow.ts";
import { vitrine } from "./peers/vitrine.ts";
import { playCell, type Subject } from "./playCell.ts";
import { allWell } from "./scenarios/allWell.ts";
import { answersDropped } from "./scenarios/answersDropped.ts";
import { killed } from "./scenarios/killed.ts";
import { manyQueued } from "./scenarios/manyQueued.ts";
import { offline } from "./scenarios/offline.ts";
import { refused } from "./scenarios/refused.ts";
import { serverDown } from "./scenarios/serverDown.ts";
import { threeTabs } from "./scenarios/threeTabs.ts";
import { createAlone, runTogether } from "./turns.ts";

const SUBJECTS: readonly Subject[] = [
  { peer: vitrine, hasStore: false },
  { peer: { ...vitrine, name: "vitrine, its collector" }, hasStore: true },
  { peer: snowplow, hasStore: false },
  { peer: amplitude, hasStore: false },
  { peer: segment, hasStore: false },
  { peer: posthog, hasStore: false },
];
const SCENARIOS = [allWell, serverDown, offline, killed, refused, answersDropped, manyQueued, threeTabs];
const PLACES = 6;

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    quick: { type: "boolean", default: false },
  },
});
const wanted = values.only?.split(",");
const isWanted = (name: string) => wanted?.includes(name) ?? true;
const folder = await mkdtemp(join(tmpdir(), "vitrine-delivery-"));
const alone = createAlone();
const scenarios = SCENARIOS.filter(({ name }) => isWanted(name) || !SCENARIOS.some((s) => isWanted(s.name)));
const subjects = SUBJECTS.filter(
  ({ peer }) => isWanted(peer.name) || !SUBJECTS.some((s) => isWanted(s.peer.name)),
);
const columns: Column[] = subjects.map(({ peer: { name, version, settings, why } }) => ({
  name,
  version,
  settings,
  why,
  cells: {},
}));
const start = performance.now();
try {
  await runTogether(
    PLACES,
    scenarios.flatMap((scenario) =>
      subjects.map((subject, index) => async () => {
        const cell = await playCell(subject, scenario, { folder, alone, isQuick: values.quick });
        columns[index]!.cells[scenario.name] = cell;
        console.error(scenario.name, subject.peer.name, JSON.stringify(cell));
      }),
    ),
  );
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
console.log(formatDelivery(scenarios, columns));
console.log(`${Math.round((performance.now() - start) / 1000)} s`);

import type { Row } from "../../../../packages/browser/src/outbox/row.ts";
import { resume, takeStep } from "./act.ts";
import { checkAccounts } from "./checkAccounts.ts";
import type { WireEvent } from "./collectorModel.ts";
import type { Plan } from "./steps.ts";
import type { CreateVitrine } from "./tab.ts";
import { createWorld, type World } from "./world.ts";

/** What came of one simulation. */
export interface Outcome {
  /** None when all is accounted for. */
  violations: string[];
  calls: number;
  stored: number;
  turns: number;
}

/** Views of one page until everything must have come to rest, and the time for each, ms. */
const LAST_VIEWS = 40;
const VIEW_MS = 20 * 60_000;

/** Opens a page, and lets all run until everything has come to rest; false when that never comes. */
async function visit(world: World): Promise<boolean> {
  const tab = world.open();
  // An event that is always refused is given up only after others were taken.
  for (let view = 0; view < LAST_VIEWS; view++) {
    for (const viewed of view ? world.live() : [tab]) world.ask(viewed, {});
    if (await world.machine.rest(VIEW_MS)) return true;
  }
  return false;
}

/** Everything works again, tabs that wait go on, and the shopper comes back. */
async function drain(world: World): Promise<boolean> {
  const { machine, network, database } = world;
  machine.note(() => "everything works again");
  network.weather = "good";
  Object.assign(database.faults, { isFull: false, opens: "answered" });
  world.excuse();
  world.ledger.mendedAt = world.machine.now();
  for (const tab of world.live()) {
    if (machine.chance.yes(0.5)) world.kill(tab);
    else await resume(world, tab, 0);
  }
  let isQuiet = await visit(world);
  // What a page wrote as it died is found by the next one.
  if (isQuiet && database.rows("outbox")[0]) isQuiet = await visit(world);
  for (const { process } of world.tabs)
    world.ledger.tabs.find(({ name }) => name === process.name)!.isAlive = process.state !== "dead";
  return isQuiet;
}

/** Runs a plan to its end and compares the books. `trace` gets the readable story. */
export async function simulate(plan: Plan, createVitrine: CreateVitrine, trace?: string[]): Promise<Outcome> {
  const world = createWorld(plan, createVitrine, trace);
  for (const step of plan.steps) await takeStep(world, step);
  const isQuiet = await drain(world);
  const { ledger, collector, network, database, machine } = world;
  const kept = database.rows("outbox").map(({ text }: Row) => JSON.parse(text) as WireEvent);
  const violations = checkAccounts({ ledger, collector, kept, sent: network.sent });
  if (!isQuiet) violations.push("it never comes to rest");
  return { violations, calls: ledger.calls.length, stored: collector.stored.length, turns: machine.turns() };
}

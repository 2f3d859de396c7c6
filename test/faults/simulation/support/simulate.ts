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

/** Page views of the last tab until everything must have come to rest, and the time for each, ms. */
const LAST_VIEWS = 40;
const VIEW_MS = 20 * 60_000;

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
  const last = world.open();
  let isQuiet = false;
  // An event that is always refused is given up only after others were taken.
  for (let view = 0; view < LAST_VIEWS && !isQuiet; view++) {
    world.ask(last, {});
    isQuiet = await machine.rest(VIEW_MS);
  }
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

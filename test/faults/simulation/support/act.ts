import type { Act, Step } from "./steps.ts";
import { WEATHERS } from "./fakeNetwork.ts";
import type { Tab } from "./tab.ts";
import type { World } from "./world.ts";

/** Open tabs at most; the computers of shoppers have more, the code knows no difference between three and thirty. */
const MAX_TABS = 4;

/** Carries out one act on a tab. */
type Deed = (world: World, tab: Tab, amount: number) => void | Promise<void>;

const letters = (count: number) => "x".repeat(count);

/** The page is left: what browsers tell it, a few more turns, and the end. */
const leave: Deed = async ({ machine, kill }, tab, amount) => {
  tab.show(false);
  tab.fire("pagehide", { persisted: false });
  await machine.turn(amount);
  kill(tab);
};

const freeze: Deed = async ({ machine }, tab, amount) => {
  tab.show(false);
  if (amount % 2) tab.fire("pagehide", { persisted: true });
  await machine.turn(amount);
  tab.fire("freeze");
  await machine.turn(amount % 3);
  if (tab.process.state === "dead") return;
  machine.note(() => `${tab.process.name} is frozen`);
  tab.process.state = "stopped";
  tab.isFrozen = true;
};

/** Lets a tab go on that was frozen or stopped. */
export const resume: Deed = (world, tab) => {
  if (tab.process.state !== "stopped") return;
  world.machine.note(() => `${tab.process.name} goes on`);
  tab.process.state = "live";
  world.excuse(tab);
  if (!tab.isFrozen) return;
  tab.isFrozen = false;
  tab.fire("resume");
  tab.fire("pageshow", { persisted: true });
  tab.show(true);
};

const hostile = (amount: number) =>
  [
    { text: letters(40_000) },
    {
      get broken(): never {
        throw new Error("A page's own getter.");
      },
    },
    { count: 10n },
  ][amount % 3]!;

const killAll = (world: World) => world.live().forEach(world.kill);

const DEEDS: Record<Act, Deed> = {
  track: ({ ask }, tab, amount) => {
    for (let left = amount % 5; left >= 0; left--) ask(tab, { name: "Product Clicked" });
  },
  page: ({ ask }, tab) => ask(tab, {}),
  order: ({ ask }, tab, amount) => {
    const orderId = `order-${amount % 4}`;
    ask(tab, { name: "Order Completed", properties: { order_id: orderId }, orderId });
  },
  big: ({ ask }, tab, amount) => {
    for (let left = amount % 6; left >= 0; left--)
      ask(tab, { name: "Product List Viewed", properties: { text: letters(15_000) } });
  },
  poison: ({ ask }, tab) => ask(tab, { name: "Poison", properties: { poison: true } }),
  refuse: ({ ask }, tab) => ask(tab, { name: "Refused", properties: { refuse: "too_old" } }),
  hostile: ({ ask }, tab, amount) => ask(tab, { name: "Hostile", properties: hostile(amount) }),
  flush: (_, { vitrine }) => void vitrine.flush(),
  online: (_, tab) => tab.fire("online"),
  open: (world) => void (world.live().length < MAX_TABS && world.open()),
  leave,
  crash: ({ kill }, tab) => kill(tab),
  crashLater: (_, tab, amount) => tab.dieAfter(amount),
  freeze,
  stop: ({ machine }, { process }) => {
    machine.note(() => `${process.name} is stopped`);
    process.state = "stopped";
  },
  resume,
  hide: (_, tab) => tab.show(false),
  show: (_, tab) => tab.show(true),
  quit: killAll,
  cutPower: (world) => {
    killAll(world);
    world.database.cutPower();
  },
  weather: ({ network, machine }, _, amount) => {
    network.weather = WEATHERS[amount % WEATHERS.length]!;
    machine.note(() => `the network is ${network.weather}`);
  },
  fillDisk: ({ database }) => void (database.faults.isFull = true),
  failOpening: ({ database, excuse }, _, amount) => {
    database.faults.opens = amount % 2 ? "failed" : "hanging";
    excuse();
  },
  mendDisk: ({ database, excuse }) => {
    Object.assign(database.faults, { isFull: false, opens: "answered" });
    excuse();
  },
  killHandle: ({ database, excuse }, { process }, amount) => {
    database.killHandles(amount % 3 ? process : undefined, amount % 2 > 0);
    excuse();
  },
  wipe: ({ database, ledger, machine, excuse }) => {
    ledger.wipes.push(machine.now());
    database.wipe();
    excuse();
  },
  reset: (_, { vitrine }) => void vitrine.reset(),
  deny: ({ deny }, tab) => deny(tab),
  grant: ({ grant }, tab) => grant(tab),
};

/** What a stopped process still suffers; all else needs one that runs. */
const SUFFERED: Act[] = ["crash", "resume", "open", "quit", "cutPower", "weather", "killHandle", "wipe"];

/** Carries out a step, and lets the world run as long as it says. */
export async function takeStep(world: World, step: Step): Promise<void> {
  const { act, amount, turns, passMs } = step;
  const tabs = world.live();
  const tab = tabs[step.tab % tabs.length] ?? world.open();
  world.machine.note(() => `step ${act} ${tab.process.name} amount=${amount}`);
  if (tab.process.state === "live" || SUFFERED.includes(act)) await DEEDS[act](world, tab, amount);
  await world.machine.turn(turns);
  await world.machine.pass(passMs);
}

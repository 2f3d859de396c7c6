import { createChance, type Chance } from "./chance.ts";

/** A tab's process. Stopped, nothing runs inside it, and it keeps what it holds. */
export interface Process {
  name: string;
  state: "live" | "stopped" | "dead";
}

/** Work that keeps its order: a pipe between two processes, or what one of them does by itself. */
export interface Lane {
  queue: { at: number; task: () => void }[];
  /** Whose death ends it. */
  process: Process | undefined;
  /** True: it runs inside the process, so it waits while that is stopped. */
  isInside: boolean;
}

/** How long something takes: what it is usually, and what it can be. */
export type Delay = "disk" | "message" | "network";

/**
 * One computer with one clock. Whatever waits for anything outside its own tab (disk, lock, channel, network, timer)
 * stands in a lane, and each turn takes the head of a lane by chance. Between two turns all microtasks run: what a tab
 * does then is seen by nobody but through the lanes, so there is nothing else to reorder.
 */
export interface Machine {
  chance: Chance;
  now: () => number;
  lane: (process?: Process, isInside?: boolean) => Lane;
  /** Puts a task at the end of its lane. */
  post: (lane: Lane, task: () => void, delayMs?: number) => void;
  /** Puts a task where its time is; returns what takes it out again. */
  schedule: (lane: Lane, task: () => void, delayMs: number) => () => void;
  delayMs: (kind: Delay) => number;
  /** Ends a process: nothing of it runs any more. */
  kill: (process: Process) => void;
  /** Runs for so long. */
  pass: (ms: number) => Promise<void>;
  /** Takes so many turns, if there are as many without the clock moving on. */
  turn: (count: number) => Promise<void>;
  /** Runs until nothing is left to do; false when that takes longer than `maxMs`. */
  rest: (maxMs: number) => Promise<boolean>;
  turns: () => number;
  /** Adds a line to the readable story, where somebody wants one. */
  note: (line: () => string) => void;
}

/** When all simulations begin, ms since 1970. */
export const START: number = Date.parse("2026-11-02T10:00:00Z");

/** More turns than any lawful simulation takes: something goes round in circles. */
const MAX_TURNS = 60_000;

const microtasks = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Creates a machine; the seed decides every order and every delay. `trace` gets the readable story. */
export function createMachine(seed: number, trace?: string[]): Machine {
  const chance = createChance(seed);
  const busy = new Set<Lane>();
  let now = START;
  let turns = 0;

  const canRun = ({ process, isInside }: Lane) => !isInside || process?.state !== "stopped";

  const insert = (lane: Lane, at: number, task: () => void) => {
    const entry = { at, task };
    if (lane.process?.state === "dead") return entry;
    let place = lane.queue.length;
    while (place > 0 && lane.queue[place - 1]!.at > at) place--;
    lane.queue.splice(place, 0, entry);
    busy.add(lane);
    return entry;
  };

  const takeTurn = async (lane: Lane) => {
    const { task } = lane.queue.shift()!;
    if (!lane.queue.length) busy.delete(lane);
    if (++turns > MAX_TURNS) throw new Error("It goes round in circles.");
    task();
    await microtasks();
  };

  const ready = () => {
    const lanes: Lane[] = [];
    for (const lane of busy) if (lane.queue[0]!.at <= now && canRun(lane)) lanes.push(lane);
    return lanes;
  };

  const nextAt = () => {
    let at = Infinity;
    for (const lane of busy) if (canRun(lane)) at = Math.min(at, lane.queue[0]!.at);
    return at;
  };

  const runUntil = async (end: number) => {
    await microtasks();
    for (;;) {
      const lanes = ready();
      if (lanes[0]) await takeTurn(chance.pick(lanes));
      else {
        const at = nextAt();
        if (at > end) return at;
        now = at;
      }
    }
  };

  return {
    chance,
    now: () => now,
    turns: () => turns,
    note: (line) => void trace?.push(`${String(now - START).padStart(8)} ms  ${line()}`),
    lane: (process, isInside = false) => ({ queue: [], process, isInside }),
    post: (lane, task, delayMs = 0) =>
      void insert(lane, Math.max(now + delayMs, lane.queue.at(-1)?.at ?? 0), task),
    schedule: (lane, task, delayMs) => {
      const entry = insert(lane, now + delayMs, task);
      return () => {
        const place = lane.queue.indexOf(entry);
        if (place >= 0) lane.queue.splice(place, 1);
        if (!lane.queue.length) busy.delete(lane);
      };
    },
    delayMs: (kind) => {
      const luck = chance.next();
      if (kind === "message") return luck < 0.9 ? 0 : chance.below(40);
      if (kind === "disk") return luck < 0.9 ? chance.below(4) : luck < 0.995 ? chance.below(300) : 6000;
      return luck < 0.8 ? 5 + chance.below(100) : luck < 0.97 ? chance.below(3000) : chance.below(80_000);
    },
    kill: (process) => {
      process.state = "dead";
      for (const lane of busy) {
        if (lane.process !== process) continue;
        lane.queue.length = 0;
        busy.delete(lane);
      }
    },
    pass: async (ms) => {
      const end = now + ms;
      await runUntil(end);
      now = end;
    },
    turn: async (count) => {
      await microtasks();
      for (let left = count; left > 0; left--) {
        const lanes = ready();
        if (!lanes[0]) return;
        await takeTurn(chance.pick(lanes));
      }
    },
    rest: async (maxMs) => (await runUntil(now + maxMs)) === Infinity,
  };
}

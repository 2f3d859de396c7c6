import fc from "fast-check";

/** What can happen, and how often beside the others. */
const ACTS = {
  track: 14,
  page: 3,
  order: 4,
  big: 2,
  poison: 2,
  refuse: 1,
  hostile: 1,
  flush: 3,
  online: 1,
  open: 7,
  leave: 5,
  crash: 5,
  crashLater: 5,
  freeze: 3,
  stop: 2,
  resume: 4,
  hide: 3,
  show: 2,
  quit: 1,
  cutPower: 3,
  weather: 9,
  fillDisk: 1,
  failOpening: 1,
  mendDisk: 2,
  killHandle: 2,
  wipe: 1,
  reset: 2,
  deny: 2,
  grant: 2,
};

/** The name of one thing that can happen. */
export type Act = keyof typeof ACTS;

/** One step: what happens, to which of the open tabs, how much of it, and what runs afterwards. */
export interface Step {
  act: Act;
  tab: number;
  amount: number;
  /** Turns that are taken without the clock moving on, then time that passes, in ms. */
  turns: number;
  passMs: number;
}

/** All that decides a simulation. */
export interface Plan {
  /** Decides every order, every delay and every choice inside the fakes. */
  seed: number;
  /** The cap of the outbox; 0 for the usual one. */
  maxBytes: number;
  steps: Step[];
}

const step: fc.Arbitrary<Step> = fc.record({
  act: fc.oneof(
    ...Object.entries(ACTS).map(([act, weight]) => ({ weight, arbitrary: fc.constant(act as Act) })),
  ),
  tab: fc.nat(3),
  amount: fc.nat(11),
  turns: fc.constantFrom(0, 0, 1, 2, 3, 5, 8, 13, 30),
  passMs: fc.constantFrom(0, 0, 0, 0, 1, 5, 20, 100, 250, 600, 2000, 6000, 20_000, 90_000),
});

/** Plans as fast-check makes and shrinks them. */
export const plans: fc.Arbitrary<Plan> = fc.record({
  seed: fc.integer(),
  maxBytes: fc.constantFrom(0, 0, 0, 4000, 15_000, 60_000),
  steps: fc.array(step, { minLength: 1, maxLength: 24, size: "max" }),
});

import type { TimedEvent } from "../../../packages/core/src/event/event.ts";
import { copyFold } from "../../../packages/core/src/profile/fold.ts";
import { emptyFold, type Fold } from "../../../packages/core/src/profile/foldState.ts";
import { boundGrown, type Grown } from "../../../packages/core/src/profile/writeFold.ts";

/** A way to fold, so that the laws can be asked of others than the real one. */
export interface Algebra {
  /** Folds an event in place; with `later` its bounds are left to the caller. */
  foldEvent: (fold: Fold, event: TimedEvent, later?: Grown) => Fold;
  mergeFolds: (a: Fold, b: Fold) => Fold;
}

/** Random numbers in 0..1 from a seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The items in a random order (Fisher–Yates); the argument stays. */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const copy = [...items];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [copy[i], copy[j]] = [copy[j]!, copy[i]!];
  }
  return copy;
}

/** One after the other. */
export function inOrder({ foldEvent }: Algebra, events: readonly TimedEvent[]): Fold {
  return events.reduce((fold, event) => foldEvent(fold, event), emptyFold());
}

/** In batches of random size, bounded after each, stored as JSON and read again between them, as a server does. */
export function inBatches(algebra: Algebra, events: readonly TimedEvent[], random: () => number): Fold {
  let fold = emptyFold();
  for (let at = 0; at < events.length;) {
    const size = 1 + Math.floor(random() * Math.max(8, events.length / 8));
    const grown: Grown = new Map();
    for (const event of events.slice(at, at + size)) fold = algebra.foldEvent(fold, event, grown);
    boundGrown(grown);
    fold = copyFold(fold);
    at += size;
  }
  return fold;
}

/** Dealt at random to up to six identities, whose folds are merged two by two in a random tree. */
export function inTree(algebra: Algebra, events: readonly TimedEvent[], random: () => number): Fold {
  const hands: TimedEvent[][] = Array.from({ length: 1 + Math.floor(random() * 6) }, () => []);
  for (const event of events) hands[Math.floor(random() * hands.length)]!.push(event);
  const folds = hands.map((hand) => inOrder(algebra, hand));
  while (folds.length > 1) {
    const [a, b] = [takeOne(folds, random), takeOne(folds, random)];
    folds.push(algebra.mergeFolds(a, b));
  }
  return folds[0]!;
}

function takeOne<T>(items: T[], random: () => number): T {
  return items.splice(Math.floor(random() * items.length), 1)[0]!;
}

/** Bounds memory and time of a match: `(a{90}){90}` is short to write. */
const MAX_STATES = 500;

type Passes = (text: string, at: number) => boolean;

/** One state: goes on to every state in `next` when `passes` holds, and has then used one character if `consumes`. */
interface State {
  passes: Passes;
  consumes: boolean;
  next: number[];
}

/** Adds the states of a part of the pattern in front of the state `next`; returns the first of them. */
export type Part = (next: number) => number;

/** The parts of patterns, all adding to one list of states. */
export interface Automaton {
  /** Passes where `passes` holds, with (`consumes`) or without using the character there. */
  step: (passes: Passes, consumes: boolean) => Part;
  either: (left: Part, right: Part) => Part;
  repeat: (part: Part, min: number, max: number) => Part;
  /** @returns the yes or no answer for texts, or `undefined` when the whole is too large. */
  finish: (whole: Part) => ((text: string) => boolean) | undefined;
}

/** Creates an automaton without states. */
export function createAutomaton(): Automaton {
  const states: State[] = [];
  let copies = 0;
  const add = (next: number[], passes: Passes = () => true, consumes = false): number =>
    states.push({ passes, consumes, next }) - 1;

  return {
    step: (passes, consumes) => (next) => add([next], passes, consumes),
    either: (left, right) => (next) => add([left(next), right(next)]),
    repeat: (part, min, max) => (next) => {
      const isEndless = max === Infinity;
      let first = next;
      if (isEndless) {
        first = add([next]);
        states[first]!.next.push(part(first));
      }
      // Counts copies, not states: a group that adds no state must not be copied a million times either.
      for (let i = isEndless ? min : max; i > 0 && copies++ < MAX_STATES; i--) {
        const copy = part(first);
        first = i > min ? add([copy, next]) : copy;
      }
      return first;
    },
    finish: (whole) => {
      // State -1 does not exist: reaching it is the match.
      const start = whole(-1);
      return copies > MAX_STATES || states.length > MAX_STATES
        ? undefined
        : (text) => run(states, start, text);
    },
  };
}

function run(states: readonly State[], start: number, text: string): boolean {
  let active = new Set<number>();
  for (let at = 0; at <= text.length; at++) {
    const following = new Set<number>();
    active.add(start);
    // A Set also visits what is added to it on the way, once each: that is how states without a character are followed.
    for (const id of active) {
      const state = states[id];
      if (!state) return true;
      if (state.passes(text, at))
        for (const next of state.next) (state.consumes ? following : active).add(next);
    }
    active = following;
  }
  return false;
}

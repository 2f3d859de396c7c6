/** What one picture shows of its health. */
export interface Look {
  /** Mean brightness, 0..1. */
  brightness: number;
  /** Equal for equal pictures; a living sensor's noise makes each one different. */
  print: number;
}

/** Below this nothing can be seen: a covered lens, or a driver that sends black. */
const BLACK = 0.02;
/** Told within two seconds: so long it takes to be sure, and the next look comes in time. */
const SURE_MS = 1400;

/** Judges pictures over time. `at` in ms, rising; `look` is undefined where no picture has come at all. */
export function createFrameHealth(
  startedAt: number,
): (look: Look | undefined, at: number) => "live" | "frozen" | "black" | undefined {
  let last: Look | undefined;
  let changedAt = startedAt;
  let brightAt = startedAt;
  let changes = 0;
  return (look, at) => {
    const isBright = look !== undefined && look.brightness > BLACK;
    // One picture alone proves nothing: a frozen camera has one, too, and many begin with a black one before it.
    const hasChanged = look !== undefined && last !== undefined && look.print !== last.print;
    if (isBright) brightAt = at;
    if (hasChanged) changedAt = at;
    if (hasChanged) changes++;
    last = look ?? last;
    if (isBright && hasChanged && changes > 1) return "live";
    // Black comes first: black pictures are all alike, too.
    if (look && at - brightAt >= SURE_MS) return "black";
    return at - changedAt >= SURE_MS ? "frozen" : undefined;
  };
}

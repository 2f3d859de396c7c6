import { setTimeout as pause } from "node:timers/promises";

const TRIES = 600;
const STEP_MS = 200;

/** Waits until something is true. @throws when it never is. */
export async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < TRIES; tries++) {
    if (await condition()) return;
    await pause(STEP_MS);
  }
  throw new Error(`never: ${what}`);
}

import { test, type TestContext } from "node:test";
import { runBox, whyNoBox } from "./box.ts";
import { runElectron, whyNoElectron } from "./electron.ts";
import type { Running, RunOptions } from "./running.ts";

/** Starts the mirror in the shell that is tested. */
export type Run = (options: RunOptions) => Promise<Running>;

const SHELLS = [
  { name: "Electron", why: whyNoElectron, run: runElectron },
  { name: "Chromium", why: whyNoBox, run: runBox },
] as const;

/** The long tests of the mirror run where it is asked for only. */
export const whyNotLong = process.env["MIRROR_FULL"]
  ? false
  : "set MIRROR_FULL=1 for the long tests of the mirror";

/**
 * One test in each shell that is here; the other is skipped aloud.
 * @param isLong It takes a minute: in Electron only where it is asked for
 */
export function testInBothShells(
  title: string,
  body: (t: TestContext, run: Run) => Promise<void>,
  { isLong = false } = {},
): void {
  for (const { name, why, run } of SHELLS) {
    const skip = why() || (isLong && name === "Electron" && whyNotLong);
    test(`${name}: ${title}`, { skip }, (t) => body(t, (options) => run(t, options)));
  }
}

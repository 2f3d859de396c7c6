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

/** One test in each shell that is here; the other is skipped aloud. */
export function testInBothShells(title: string, body: (t: TestContext, run: Run) => Promise<void>): void {
  for (const { name, why, run } of SHELLS)
    test(`${name}: ${title}`, { skip: why() }, (t) => body(t, (options) => run(t, options)));
}

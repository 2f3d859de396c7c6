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

/** Where it is asked for only: what the other shell shows a minute later. */
const noTour = process.env["MIRROR_TOURS"] ? false : "set MIRROR_TOURS=1 for the long ones in Electron too";

type Body = (t: TestContext, run: Run) => Promise<void>;

/** One test in each shell that is here; the other is skipped aloud. */
export function testInBothShells(title: string, body: Body): void {
  for (const { name, why, run } of SHELLS)
    test(`${name}: ${title}`, { skip: why() }, (t) => body(t, (options) => run(t, options)));
}

/** One that takes a minute: in Electron only where it is asked for. */
export function longTestInBothShells(title: string, body: Body): void {
  for (const { name, why, run } of SHELLS)
    test(`${name}: ${title}`, { skip: why() || (name === "Electron" && noTour) }, (t) =>
      body(t, (options) => run(t, options)),
    );
}

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Page } from "playwright-core";
import type { Shell } from "../../../kiosk/src/shell.ts";
import type { ShellOptions } from "../../../kiosk/shell/src/shared/readOptions.ts";

declare global {
  /** What the tests' page leaves to them. */
  var mirror: { shell: Shell; commands: string[] };
}

/** A mirror in either shell, on a display of its own. */
export interface Running {
  kind: Shell["kind"];
  display: string;
  /** All that the mirror may write to: its data, and profiles. */
  folder: string;
  /** What the shell wrote to its log. */
  logged(): string;
  /** The page on the screen once it is ready; not the given one, which an earlier shopper had. */
  page(notThis?: Page): Promise<Page>;
  processes(kind: "renderer" | "gpu"): Promise<number[]>;
  /** Ends the shell's own process as a crash does, and waits until nothing of it runs. */
  kill(): Promise<void>;
}

/** What tests of both shells ask for. */
export interface RunOptions extends Partial<ShellOptions> {
  page: string;
  /** What the shell finds in its environment besides what every test's has. */
  env?: NodeJS.ProcessEnv;
}

/** What ends with a test. */
export interface Cleanup {
  after: (end: () => void | Promise<void>) => void;
}

/** How long a busy machine may take for what is a second's work. */
const GUARD_MS = 60_000;

/** Asks until there is an answer. @param look what to say besides when there was none */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined> | T | undefined,
  look?: () => Promise<string>,
): Promise<T> {
  for (const end = Date.now() + GUARD_MS; Date.now() < end; await delay(50)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
  }
  const seen = look && (await look().catch(String));
  throw new Error(`Waited in vain: ${what}${seen === undefined ? "" : `\n${seen}`}`);
}

/** The tests' page as it runs, a screen of the mirror, or the safe page, which is all there is in its body. */
const READY = "html[data-ready=yes], #mirror section, #mirror .idle, body > main:only-child:not([id])";

/** True when one of those is shown. A page that is being ended is not an error. */
export async function isReady(page: Page): Promise<boolean> {
  const asked = page.evaluate((ready) => document.querySelector(ready) !== null, READY).catch(() => false);
  return Promise.race([asked, delay(2_000, false, { ref: false })]);
}

/** Files under a folder that hold a text, as UTF-8 or UTF-16. Files that vanish meanwhile hold nothing. */
export function filesWith(folder: string, text: string): string[] {
  const [utf8, utf16] = [Buffer.from(text), Buffer.from(text, "utf16le")];
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => {
    try {
      const path = join(folder, name);
      if (!statSync(path).isFile()) return false;
      const bytes = readFileSync(path);
      return bytes.includes(utf8) || bytes.includes(utf16);
    } catch {
      return false;
    }
  });
}

/** The command line of either shell. */
export function shellArguments(
  { page, hasCamera, isWindowed, fakeCamera, enrolment, silenceMs, glass, data: given }: RunOptions,
  data: string,
): string[] {
  return [
    "--page",
    page,
    "--data",
    given ?? data,
    // A busy machine may not draw for seconds.
    "--patience",
    String((silenceMs ?? 20_000) / 1000),
    ...(hasCamera === false ? ["--without-camera"] : []),
    ...(isWindowed === true ? ["--windowed"] : []),
    ...(glass === undefined ? [] : ["--glass", glass]),
    ...(fakeCamera === undefined ? [] : ["--fake-camera", fakeCamera]),
    ...(enrolment ? ["--server", enrolment.endpoint, "--code", enrolment.code] : []),
  ];
}

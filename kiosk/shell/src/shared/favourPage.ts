import { readdir, readFile } from "node:fs/promises";
import { getPriority, setPriority } from "node:os";

/**
 * Threads of a renderer for which no frame waits: workers (the model, scanned codes) and those that encode a recording. Linux keeps 15
 * characters of a name.
 */
const BACKGROUND = /^(DedicatedWorker|ThreadPoolForeg)/;

/** Their niceness: they get a tenth of what a thread that draws does, where both want the same core. */
const NICE = 10;

/** Between two looks: a worker is renewed every few thousand frames, a page with every shopper. */
const LOOK_MS = 2_000;

/**
 * Lets the threads that draw the pages of this process and its children go before those that work for them, where cores are few: a
 * mirror that stutters is seen at once, a pose or a picture of a recording less is not. On Linux; elsewhere the system knows no threads
 * by their names, and nothing is done.
 * @returns how to stop
 */
export function favourPage(): () => void {
  if (process.platform !== "linux") return () => undefined;
  const timer = setInterval(() => void deferBackground(process.pid), LOOK_MS);
  return () => clearInterval(timer);
}

/** Looks once. Never rejects: processes and threads come and go meanwhile. */
export async function deferBackground(root: number): Promise<void> {
  for (const id of await renderersOf(root)) {
    for (const thread of await list(`/proc/${id}/task`)) {
      if (BACKGROUND.test(await read(`/proc/${id}/task/${thread}/comm`))) defer(Number(thread));
    }
  }
}

/** Of one thread alone: to Linux it is what others call a process. */
function defer(thread: number): void {
  try {
    if (getPriority(thread) < NICE) setPriority(thread, NICE);
  } catch {
    // It has ended.
  }
}

/** The renderers among the descendants of a process. */
async function renderersOf(root: number): Promise<number[]> {
  const parents = new Map<number, number>();
  for (const name of await list("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    // Its name stands in brackets and may hold any character.
    const [, parent] = (await read(`/proc/${name}/stat`)).split(") ").at(-1)!.split(" ");
    parents.set(Number(name), Number(parent));
  }
  const isOurs = (id: number | undefined): boolean =>
    id !== undefined && id > 0 && (id === root || isOurs(parents.get(id)));
  const found: number[] = [];
  for (const id of parents.keys())
    if (isOurs(id) && (await read(`/proc/${id}/cmdline`)).includes("--type=renderer")) found.push(id);
  return found;
}

const list = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);
const read = (file: string): Promise<string> => readFile(file, "utf8").catch(() => "");

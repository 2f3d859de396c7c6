import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Time a server that is stopping gets to let go, when the next one is already starting. */
const HANDOVER_MS = 3_000;

/**
 * Makes the data folder ours alone, until the function it returns is called or the process ends, however it ends.
 * Two servers on one folder would each keep rows in memory that the other does not know.
 * The lock is SQLite's own on a database with nothing in it: the system drops it with the process, a file with
 * a process id in it would stay.
 * @throws Error when another server has it
 */
export function lockFolder(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const lock = new DatabaseSync(join(dataDir, "lock"), { timeout: HANDOVER_MS });
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    lock.close();
    throw new Error(`Another server works on ${dataDir}. Stop it, or choose another folder.`, { cause });
  }
  return () => lock.close();
}

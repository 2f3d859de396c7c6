import { mkdtempSync, readdirSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PREFIX = "vitrine-shopper-";
/** `f_type` of a file system in memory; linux/magic.h, TMPFS_MAGIC. */
const TMPFS = 0x01021994;
/** A profile with some clips in it; less room would end a recording. */
const ROOM_BYTES = 512 * 1024 * 1024;

/** Where a shopper's profile lives: in memory where there is room, since a disk remembers what was deleted. */
export function profileParent(env: NodeJS.ProcessEnv): string {
  const candidates = [env["XDG_RUNTIME_DIR"], "/dev/shm"].filter((folder) => folder !== undefined);
  return candidates.find(isRoomyMemory) ?? tmpdir();
}

function isRoomyMemory(folder: string): boolean {
  try {
    const { type, bavail, bsize } = statfsSync(folder);
    return type === TMPFS && bavail * bsize >= ROOM_BYTES;
  } catch {
    return false;
  }
}

/** A new, empty profile. The name tells whose it is, so that a later run can remove it. */
export const newProfile = (parent: string): string => mkdtempSync(join(parent, `${PREFIX}${process.pid}-`));

/** Removes profiles of boxes that were killed. */
export function removeOrphans(parent: string): void {
  for (const name of readdirSync(parent)) {
    const owner = name.startsWith(PREFIX) && Number.parseInt(name.slice(PREFIX.length), 10);
    if (owner && !isRunning(owner)) rmSync(join(parent, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It runs, as somebody else.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { temporaryFolder } from "../../support/shopper.ts";
import type { Scope } from "./FaultRow.ts";

const execute = promisify(execFile);

/** Room for a browser's profile; the file is sparse. */
const DISK_SIZE = "400M";

const RETRY_MS = 50;
const MAX_TRIES = 400;

/** A disk whose power can be cut: ext4 on a loop device in a folder of its own. */
export interface LoopDisk {
  path: string;
  /** The file that is the disk, byte for byte. */
  image: string;
  /** Brings everything written so far to the disk. */
  sync: () => Promise<void>;
  /** From now on nothing reaches the disk, the journal in memory included. Processes on it see errors. */
  cutPower: () => Promise<void>;
  /** From now on it can be read only, as a disk whose errors the kernel has seen. */
  turnReadOnly: () => Promise<void>;
  /** As a start after the cut: the journal is replayed. All processes on the disk must be gone. */
  remount: () => Promise<void>;
}

/** Makes a disk; it goes with the scope. */
export async function createLoopDisk(scope: Scope): Promise<LoopDisk> {
  const folder = await temporaryFolder("disk");
  scope.after(folder.remove);
  const image = join(folder.path, "disk.img");
  const path = join(folder.path, "mount");
  await execute("truncate", ["-s", DISK_SIZE, image]);
  await execute("mkfs.ext4", ["-q", "-F", image]);
  await mkdir(path);
  const mount = () => execute("mount", ["-o", "loop,errors=remount-ro", image, path]);
  /** Never anything but what was made here: a fault in another file system would take the machine down. */
  const ownSource = async () => {
    const source = await sourceOf(path);
    if (!source?.startsWith("/dev/loop") || !path.startsWith(folder.path))
      throw new Error(`${path} is on ${source}, not on a loop device`);
    return source;
  };
  const unmount = async () => {
    for (let tries = 1; await sourceOf(path); tries++) {
      // What was killed may still be on its way out.
      await execute("umount", [path]).catch(async (error: unknown) => {
        if (tries >= MAX_TRIES) throw error;
        await pause(RETRY_MS);
      });
    }
  };
  await mount();
  scope.after(unmount);
  return {
    path,
    image,
    sync: async () => void (await execute("sync", ["-f", path])),
    cutPower: async () => {
      await ownSource();
      await execute("xfs_io", ["-x", "-c", "shutdown", path]);
    },
    turnReadOnly: async () => writeFile(`/sys/fs/ext4/${basename(await ownSource())}/trigger_fs_error`, "1"),
    remount: async () => {
      await unmount();
      await mount();
    },
  };
}

/** The device that is mounted at exactly this path. */
async function sourceOf(path: string): Promise<string | undefined> {
  const lines = (await readFile("/proc/self/mounts", "utf8")).split("\n").map((line) => line.split(" "));
  return lines.find(([, target]) => target === path)?.[0];
}

/** Why there can be no such disk here: tools or rights are missing. */
export async function loopDiskUnavailable(): Promise<string | undefined> {
  const endings: (() => unknown)[] = [];
  try {
    await execute("xfs_io", ["-V"]);
    const scope = { after: (ending: () => unknown) => void endings.unshift(ending) } as unknown as Scope;
    const disk = await createLoopDisk(scope);
    await disk.cutPower();
    return undefined;
  } catch (error) {
    return `no disk whose power can be cut (needs mount rights and xfs_io of xfsprogs): ${String(error).split("\n")[0]}`;
  } finally {
    for (const end of endings) await end();
  }
}

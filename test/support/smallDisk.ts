import { execFileSync } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A disk in memory that is soon full. */
export interface SmallDisk {
  path: string;
  /** Writes until there is no room. */
  fill: () => void;
  /** Gives back what `fill` took. */
  free: () => void;
  remove: () => void;
}

/** Makes one; undefined where nothing can be mounted. */
export function createSmallDisk(megabytes: number): SmallDisk | undefined {
  const path = mkdtempSync(join(tmpdir(), "vitrine-disk-"));
  const ballast = join(path, "ballast");
  const removeFolder = () => rmSync(path, { recursive: true, force: true });
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", path], { stdio: "ignore" });
  } catch {
    removeFolder();
    return undefined;
  }
  return {
    path,
    fill: () => fillFile(ballast),
    free: () => rmSync(ballast, { force: true }),
    remove: () => {
      execFileSync("umount", ["--lazy", path]);
      removeFolder();
    },
  };
}

function fillFile(file: string): void {
  try {
    for (;;) appendFileSync(file, Buffer.alloc(4096));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
  }
}

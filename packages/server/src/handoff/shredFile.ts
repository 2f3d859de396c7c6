import { open, unlink } from "node:fs/promises";

const ZEROS = Buffer.alloc(1024 * 1024);

/**
 * Overwrites a file, flushes it, and takes it away. On disks that write elsewhere (SSD, copy on write) the old bytes
 * may outlive this for a while: they are sealed, and the key was never here.
 * A file that is gone already is fine.
 */
export async function shredFile(path: string): Promise<void> {
  try {
    const file = await open(path, "r+");
    try {
      const { size } = await file.stat();
      for (let at = 0; at < size; at += ZEROS.length)
        await file.write(ZEROS, 0, Math.min(ZEROS.length, size - at), at);
      await file.datasync();
    } finally {
      await file.close();
    }
    await unlink(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

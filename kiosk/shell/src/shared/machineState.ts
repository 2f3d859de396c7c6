import { statfs } from "node:fs/promises";
import { uptime } from "node:os";

/** What a kiosk tells of its machine: free bytes where it keeps things, seconds since it was switched on. */
export async function machineState(folder: string): Promise<{ diskFree: number; uptime: number }> {
  const { bavail, bsize } = await statfs(folder);
  return { diskFree: bavail * bsize, uptime: Math.round(uptime()) };
}

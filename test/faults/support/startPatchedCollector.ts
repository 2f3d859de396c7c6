import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { temporaryFolder } from "../../support/shopper.ts";
import type { Scope } from "./FaultRow.ts";
import type { ShopOptions } from "./shop.ts";

/** A change of a source file, whose path ends with `file`; `find` must stand there exactly once. */
export interface Patch {
  file: string;
  find: string;
  replace: string;
}

/** Starts a collector with a protection taken out, for a control; it ends with the scope. */
export async function startPatchedCollector(
  scope: Scope,
  patches: Patch[],
): Promise<NonNullable<ShopOptions["collector"]>> {
  const { path: dataDir, remove } = await temporaryFolder("collector");
  scope.after(remove);
  const script = join(import.meta.dirname, "collectorProcess.ts");
  const child = spawn(process.execPath, [script, dataDir, JSON.stringify(patches)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  scope.after(async () => {
    const gone = once(child, "exit");
    if (child.kill("SIGKILL")) await gone;
  });
  const started = once(child.stdout, "data") as Promise<[Buffer]>;
  const failed = once(child, "exit").then(() => {
    throw new Error("the patched collector did not start");
  });
  const [line] = await Promise.race([started, failed]);
  failed.catch(() => {}); // killed at the end
  const { port, siteKey } = JSON.parse(String(line)) as { port: number; siteKey: string };
  return { url: `http://127.0.0.1:${port}`, dataDir, siteKey };
}

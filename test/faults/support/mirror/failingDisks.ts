import { createSmallDisk } from "../../../support/smallDisk.ts";
import type { Scope } from "../FaultRow.ts";
import { createLoopDisk } from "../loopDisk.ts";
import type { MirrorStage } from "./mirrorStage.ts";

/** A disk that fails under a mirror. */
export interface FailingDisk {
  /** Where the mirror keeps all. */
  path: string;
  /** Makes it fail; called again and again, since a browser gives room back. */
  fail: () => Promise<unknown>;
  /** It works again. @returns true where the mirror was started anew for it */
  heal: (stage: MirrorStage) => Promise<boolean>;
}

/** Of a profile with a look or two, in MB. */
const SMALL_MB = 96;

/** The ways in which there comes to be no place for a recording. */
export const FAILING_DISKS: Record<string, (scope: Scope) => Promise<FailingDisk>> = {
  "a disk that others filled": async (scope) => {
    const disk = createSmallDisk(SMALL_MB);
    if (!disk) throw new Error("Nothing can be mounted here.");
    scope.after(disk.remove);
    return {
      path: disk.path,
      fail: async () => disk.fill(),
      heal: async () => {
        disk.free();
        return false;
      },
    };
  },
  "a disk that turned read-only": async (scope) => {
    const disk = await createLoopDisk(scope);
    return {
      path: disk.path,
      fail: () => disk.turnReadOnly(),
      // Somebody switches it off and on.
      heal: async (stage) => {
        await stage.running.kill();
        await disk.remount();
        await stage.restart();
        return true;
      },
    };
  },
};

import type { FaultRow } from "../support/FaultRow.ts";
import { killedBrowser } from "./a01KilledBrowser.ts";
import { poisonEvents } from "./a07PoisonEvents.ts";
import { fullDisk } from "./a08FullDisk.ts";
import { eviction } from "./a09Eviction.ts";
import { brokenDatabase } from "./a10BrokenDatabase.ts";
import { deadHandle } from "./a11DeadHandle.ts";
import { schemaUpgrade } from "./a16SchemaUpgrade.ts";
import { wrongClock } from "./a17WrongClock.ts";
import { severalScripts } from "./a19SeveralScripts.ts";
import { withdrawn } from "./a21Withdrawn.ts";

/** All faults of the delivery, in the order of the table. */
export const ROWS: readonly FaultRow[] = [
  killedBrowser,
  poisonEvents,
  fullDisk,
  eviction,
  brokenDatabase,
  deadHandle,
  schemaUpgrade,
  wrongClock,
  severalScripts,
  withdrawn,
];

import type { FaultRow } from "../support/FaultRow.ts";
import { killedBrowser } from "./a01KilledBrowser.ts";

/** All faults of the delivery, in the order of the table. */
export const ROWS: readonly FaultRow[] = [killedBrowser];

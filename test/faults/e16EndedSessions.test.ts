import { endedSessions } from "./rows/e16EndedSessions.ts";
import { testRow } from "./support/testRow.ts";

testRow(endedSessions);

import { stoppedLeader } from "./rows/a12StoppedLeader.ts";
import { testRow } from "./support/testRow.ts";

testRow(stoppedLeader);

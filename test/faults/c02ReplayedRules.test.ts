import { replayedRules } from "./rows/c02ReplayedRules.ts";
import { testRow } from "./support/testRow.ts";

testRow(replayedRules);

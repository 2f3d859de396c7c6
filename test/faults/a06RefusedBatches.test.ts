import { refusedBatches } from "./rows/a06RefusedBatches.ts";
import { testRow } from "./support/testRow.ts";

testRow(refusedBatches);

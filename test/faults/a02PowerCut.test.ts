import { powerCut } from "./rows/a02PowerCut.ts";
import { testRow } from "./support/testRow.ts";

testRow(powerCut);

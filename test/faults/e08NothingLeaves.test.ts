import { nothingLeaves } from "./rows/e08NothingLeaves.ts";
import { testRow } from "./support/testRow.ts";

testRow(nothingLeaves);

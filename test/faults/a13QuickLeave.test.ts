import { quickLeave } from "./rows/a13QuickLeave.ts";
import { testRow } from "./support/testRow.ts";

testRow(quickLeave);

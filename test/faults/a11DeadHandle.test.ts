import { deadHandle } from "./rows/a11DeadHandle.ts";
import { testRow } from "./support/testRow.ts";

testRow(deadHandle);

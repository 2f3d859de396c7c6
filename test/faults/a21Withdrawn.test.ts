import { withdrawn } from "./rows/a21Withdrawn.ts";
import { testRow } from "./support/testRow.ts";

testRow(withdrawn);

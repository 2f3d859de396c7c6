import { fullDisk } from "./rows/a08FullDisk.ts";
import { testRow } from "./support/testRow.ts";

testRow(fullDisk);

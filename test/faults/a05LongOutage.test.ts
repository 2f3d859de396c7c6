import { longOutage } from "./rows/a05LongOutage.ts";
import { testRow } from "./support/testRow.ts";

testRow(longOutage);

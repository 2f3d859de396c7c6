import { brokenDatabase } from "./rows/a10BrokenDatabase.ts";
import { testRow } from "./support/testRow.ts";

testRow(brokenDatabase);

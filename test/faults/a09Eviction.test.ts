import { eviction } from "./rows/a09Eviction.ts";
import { testRow } from "./support/testRow.ts";

testRow(eviction);

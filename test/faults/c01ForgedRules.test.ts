import { forgedRules } from "./rows/c01ForgedRules.ts";
import { testRow } from "./support/testRow.ts";

testRow(forgedRules);

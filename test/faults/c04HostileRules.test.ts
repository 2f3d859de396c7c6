import { hostileRules } from "./rows/c04HostileRules.ts";
import { testRow } from "./support/testRow.ts";

testRow(hostileRules);

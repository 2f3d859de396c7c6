import { hostilePages } from "./rows/c07HostilePages.ts";
import { testRow } from "./support/testRow.ts";

testRow(hostilePages);

import { blockedEndpoint } from "./rows/a18BlockedEndpoint.ts";
import { testRow } from "./support/testRow.ts";

testRow(blockedEndpoint);

import { killedBrowser } from "./rows/a01KilledBrowser.ts";
import { testRow } from "./support/testRow.ts";

testRow(killedBrowser);

import { severalScripts } from "./rows/a19SeveralScripts.ts";
import { testRow } from "./support/testRow.ts";

testRow(severalScripts);

import { fullPageHide } from "./rows/a14FullPageHide.ts";
import { testRow } from "./support/testRow.ts";

testRow(fullPageHide);

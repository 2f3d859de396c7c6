import { nextShopper } from "./rows/e12NextShopper.ts";
import { testRow } from "./support/testRow.ts";

testRow(nextShopper);

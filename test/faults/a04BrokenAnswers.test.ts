import { brokenAnswers } from "./rows/a04BrokenAnswers.ts";
import { testRow } from "./support/testRow.ts";

testRow(brokenAnswers);

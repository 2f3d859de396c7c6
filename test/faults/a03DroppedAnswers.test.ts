import { droppedAnswers } from "./rows/a03DroppedAnswers.ts";
import { testRow } from "./support/testRow.ts";

testRow(droppedAnswers);

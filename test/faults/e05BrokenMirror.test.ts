import { brokenMirror } from "./rows/e05BrokenMirror.ts";
import { testRow } from "./support/testRow.ts";

testRow(brokenMirror);

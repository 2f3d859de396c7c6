import { brokenCamera } from "./rows/e04BrokenCamera.ts";
import { testRow } from "./support/testRow.ts";

testRow(brokenCamera);

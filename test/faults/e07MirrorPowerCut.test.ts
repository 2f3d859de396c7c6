import { mirrorPowerCut } from "./rows/e07MirrorPowerCut.ts";
import { testRow } from "./support/testRow.ts";

testRow(mirrorPowerCut);

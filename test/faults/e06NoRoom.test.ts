import { noRoom } from "./rows/e06NoRoom.ts";
import { testRow } from "./support/testRow.ts";

testRow(noRoom);

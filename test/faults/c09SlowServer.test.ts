import { slowServer } from "./rows/c09SlowServer.ts";
import { testRow } from "./support/testRow.ts";

testRow(slowServer);

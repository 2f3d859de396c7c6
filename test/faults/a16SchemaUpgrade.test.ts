import { schemaUpgrade } from "./rows/a16SchemaUpgrade.ts";
import { testRow } from "./support/testRow.ts";

testRow(schemaUpgrade);

import { noWebCrypto } from "./rows/c03NoWebCrypto.ts";
import { testRow } from "./support/testRow.ts";

testRow(noWebCrypto);

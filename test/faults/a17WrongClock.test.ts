import { wrongClock } from "./rows/a17WrongClock.ts";
import { testRow } from "./support/testRow.ts";

testRow(wrongClock);

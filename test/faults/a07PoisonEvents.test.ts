import { poisonEvents } from "./rows/a07PoisonEvents.ts";
import { testRow } from "./support/testRow.ts";

testRow(poisonEvents);

import { renderingPages } from "./rows/c08RenderingPages.ts";
import { testRow } from "./support/testRow.ts";

testRow(renderingPages);

import { readFirstPaint } from "./reader.ts";

readFirstPaint(window, Date.now());

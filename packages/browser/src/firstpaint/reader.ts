// The inline script of a page's <head>: an entry of its own, bundled to a constant text whose hash a policy can name.
import { fillFirstPaint } from "./fillFirstPaint.ts";

fillFirstPaint(window, Date.now());

import { createActions } from "./actions/index.ts";
import type { PartScript } from "./personalTag.ts";

(document.currentScript as PartScript).create = createActions;

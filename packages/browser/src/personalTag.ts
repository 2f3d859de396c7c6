import type { createActions } from "./actions/index.ts";
import { createPersonal } from "./personal/index.ts";
import { offerInspector } from "./personal/offerInspector.ts";
import type { CreatePersonal } from "./personalLoader.ts";

/** File name and integrity (SRI) of the third script; written by the build, so all are always of one build. */
declare const ACTIONS_FILE: string;
declare const ACTIONS_INTEGRITY: string;

/** The element of a further script; its one function is handed over on it, so the page gets no new name. */
export type PartScript = HTMLScriptElement & { create?: CreatePersonal | typeof createActions };

const create: CreatePersonal = (engine, fetchPart) =>
  createPersonal(
    engine,
    () => fetchPart(ACTIONS_FILE, ACTIONS_INTEGRITY) as Promise<unknown> as Promise<typeof createActions>,
  );
(document.currentScript as PartScript).create = create;
offerInspector();

import { createPersonal } from "./personal/index.ts";
import { offerInspector } from "./personal/offerInspector.ts";

/** The element of the second script; the one function of that script is handed over on it, so the page gets no new name. */
export type PersonalScript = HTMLScriptElement & { createPersonal?: typeof createPersonal };

(document.currentScript as PersonalScript).createPersonal = createPersonal;
offerInspector();

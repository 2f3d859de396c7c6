import { app, type WebContents } from "electron";
import { isAllowedKey } from "@vitrine/kiosk/shell";
import { isOwnUrl } from "./origin.ts";

/** Guards every page of this process from its making on, whoever makes it. */
export function guardAllContents(): void {
  app.on("web-contents-created", (_event, contents) => guardContents(contents));
}

/** No other address, window, embedded page, chord, zoom or menu. */
function guardContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
  contents.on("will-navigate", (event, url) => {
    if (!isOwnUrl(url)) event.preventDefault();
  });
  contents.on("will-redirect", (event) => event.preventDefault());
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.on("will-prevent-unload", (event) => event.preventDefault());
  contents.on("select-bluetooth-device", (event) => event.preventDefault());
  contents.on("login", (event) => event.preventDefault());
  contents.on("before-input-event", (event, { key, control, alt, meta }) => {
    if (!isAllowedKey({ key, isControl: control, isAlt: alt, isMeta: meta })) event.preventDefault();
  });
  contents.on("zoom-changed", () => contents.setZoomFactor(1));
  contents.on("dom-ready", () => void contents.setVisualZoomLevelLimits(1, 1).catch(() => undefined));
}

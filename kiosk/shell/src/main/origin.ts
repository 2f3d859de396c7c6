import { protocol } from "electron";

/** Scheme and host of the page; no file and no server can have it. */
export const SCHEME = "mirror";
export const PAGE_ORIGIN = `${SCHEME}://kiosk`;
export const PAGE_URL = `${PAGE_ORIGIN}/`;

/** Gives the scheme what a page over HTTPS has. Must be called before Electron is ready. */
export function registerScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true };
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }]);
}

/** True for addresses of the page and its files. */
export const isOwnUrl = (url: string): boolean => url === PAGE_ORIGIN || url.startsWith(PAGE_URL);

/** Scheme and host of the page; no file and no server can have it. */
export const SCHEME = "mirror";
export const PAGE_ORIGIN = `${SCHEME}://kiosk`;
export const PAGE_URL = `${PAGE_ORIGIN}/`;

/** True for addresses of the page and its files. */
export const isOwnUrl = (url: string): boolean => url === PAGE_ORIGIN || url.startsWith(PAGE_URL);

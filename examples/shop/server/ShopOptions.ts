/** What a shop may be given from outside; without any of it it is a complete shop. */
export interface ShopOptions {
  /** HTML put near the start of `<head>`: the inline first-paint reader and the script tag. May be `""`. */
  head: (page: { path: string }) => string;
  /** The text of `/sw.js`, asked for each time; pages register it. Without it, or while it is undefined, there is no worker. */
  worker?: () => string | undefined;
  /** Additional Content-Security-Policy sources, as in `'sha256-…'` or `http://127.0.0.1:8080`. */
  csp?: {
    scriptSrc: readonly string[];
    connectSrc: readonly string[];
    imgSrc?: readonly string[];
    frameAncestors?: readonly string[];
  };
  /** Signs that the device `deviceId` belongs to the signed-in `userId`. Without it `/account/proof` answers 404. */
  proof?: (userId: string, deviceId: string) => string | Promise<string>;
  /** Units in stock of a model in a size; the catalogue's own when left out. */
  stock?: (model: string, size: string) => number;
  /** Origin for absolute addresses, as in `https://shop.example`; otherwise taken from the request. */
  origin?: string;
  /** Key of the sign-in cookie; a random one, so that a restart signs everybody out, when left out. */
  secret?: string;
  /** ms since 1970. */
  now?: () => number;
  /** An order id nobody can guess. */
  newOrderId?: () => string;
}

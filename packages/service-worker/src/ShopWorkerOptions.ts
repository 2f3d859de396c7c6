/** How a shop sets its worker up; nothing of it is needed. */
export interface ShopWorkerOptions {
  /**
   * Paths of pages that the worker never touches. {@link PRIVATE_PATHS} where absent; give your own where the shop
   * speaks another language. `/v1/` is always left alone, and so is every request that is not a GET.
   */
  privatePaths?: RegExp;
  /** Path of a page for addresses that were not visited; the home page where absent. */
  offlinePage?: string;
  /** Origins of the shop's pictures besides its own; they must allow CORS. As in `https://img.shop.example`. */
  imageOrigins?: readonly string[];
  /** Seconds after which a cached page is shown instead of one on its way. */
  pageTimeoutSeconds?: number;
  /** True where the shop's worker does more than ours: the kill switch then removes our caches, not the worker. */
  isShared?: boolean;
}

/** Checkout, account and what belongs to them. */
export const PRIVATE_PATHS: RegExp =
  /(^|\/)(checkout|pay(ment)?s?|accounts?|my|profile|orders?|log-?(in|out)|sign-?(in|out|up)|register|password|admin)(\/|\.|$)/i;

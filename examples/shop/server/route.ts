import type { Category } from "../catalogue/Product.ts";
import { CATEGORIES } from "../catalogue/Product.ts";
import { proveUser, signIn, signOut } from "./actions/accountActions.ts";
import { addToCart, updateCart } from "./actions/cartActions.ts";
import { placeOrder } from "./actions/checkoutActions.ts";
import { toggleSaved } from "./actions/savedActions.ts";
import { assetNamed, fingerprint } from "./assets.ts";
import { FAVICON } from "./favicon.ts";
import type { createImages } from "./images.ts";
import { accountPage } from "./pages/accountPage.ts";
import { cartPage } from "./pages/cartPage.ts";
import { checkoutPage } from "./pages/checkoutPage.ts";
import { helpPage } from "./pages/helpPage.ts";
import { homePage } from "./pages/homePage.ts";
import { listingPage } from "./pages/listingPage.ts";
import { mirrorPage } from "./pages/mirrorPage.ts";
import { orderPage } from "./pages/orderPage.ts";
import { privacyPage } from "./pages/privacyPage.ts";
import { notFoundPage } from "./pages/problemPage.ts";
import { productPage } from "./pages/productPage.ts";
import { savedPage } from "./pages/savedPage.ts";
import { searchPage } from "./pages/searchPage.ts";
import type { Reply } from "./Reply.ts";
import type { Shop } from "./Shop.ts";
import type { Visit } from "./Visit.ts";

const DAY_SECONDS = 24 * 60 * 60;

type Images = ReturnType<typeof createImages>;

/** Answers a GET or HEAD. */
export function show(shop: Shop, visit: Visit, images: Images): Reply {
  const [, first = "", second = "", ...rest] = visit.url.pathname.split("/");
  if (rest.length) return notFoundPage();
  if (second) return showNamed(first, second, shop, visit, images);
  switch (first) {
    case "":
      return homePage(shop, visit);
    case "search":
      return searchPage(shop, visit);
    case "cart":
      return cartPage(shop, visit);
    case "checkout":
      return visit.cart.length ? checkoutPage(visit) : { kind: "redirect", to: "/cart" };
    case "account":
      return accountPage(shop, visit);
    case "saved":
      return savedPage(shop, visit);
    case "privacy":
      return privacyPage();
    case "help":
      return helpPage();
    case "mirror":
      return mirrorPage();
    case "sw.js":
      return workerScript(shop.options.worker?.());
    case "favicon.svg":
      return { kind: "file", type: "image/svg+xml", ...FAVICON, maxAgeSeconds: 30 * DAY_SECONDS };
    default:
      return notFoundPage();
  }
}

/** Never from a cache: what is repaired in it must reach everybody on the next visit. */
function workerScript(body: string | undefined): Reply {
  if (body === undefined) return notFoundPage();
  return {
    kind: "file",
    type: "text/javascript; charset=utf-8",
    body,
    etag: fingerprint(body),
    maxAgeSeconds: 0,
  };
}

function showNamed(kind: string, name: string, shop: Shop, visit: Visit, images: Images): Reply {
  if (kind === "c" && CATEGORIES.includes(name as Category))
    return listingPage(name as Category, shop, visit);
  if (kind === "p") {
    const product = shop.product(name);
    return product ? productPage(product, shop, visit) : notFoundPage();
  }
  if (kind === "order") {
    const order = shop.orders.find(name);
    return order ? orderPage(order) : notFoundPage();
  }
  if (kind === "images" && name.endsWith(".svg")) {
    const picture = images(name.slice(0, -4));
    return picture
      ? { kind: "file", type: "image/svg+xml", ...picture, maxAgeSeconds: 7 * DAY_SECONDS }
      : notFoundPage();
  }
  const asset = kind === "assets" ? assetNamed(name) : undefined;
  return asset ? { kind: "file", ...asset, maxAgeSeconds: 365 * DAY_SECONDS } : notFoundPage();
}

/** Answers a POST. Forms end in a redirect, so that a reload repeats nothing. */
export function act(body: string, shop: Shop, visit: Visit): Reply | Promise<Reply> {
  const form = new URLSearchParams(body);
  switch (visit.url.pathname) {
    case "/cart/add":
      return addToCart(form, shop, visit);
    case "/cart/update":
      return updateCart(form, shop, visit);
    case "/saved":
      return toggleSaved(form, shop, visit);
    case "/checkout":
      return placeOrder(form, shop, visit);
    case "/account/sign-in":
      return signIn(form, shop, visit);
    case "/account/sign-out":
      return signOut();
    case "/account/proof":
      return proveUser(body, shop, visit);
    default:
      return notFoundPage();
  }
}

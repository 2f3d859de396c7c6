import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Product } from "../catalogue/Product.ts";
import { unitsInStock } from "../catalogue/sizes.ts";
import { CART_COOKIE, parseCart } from "./cart.ts";
import { parseCookies } from "./cookies.ts";
import { FLASH_COOKIE, parseFlash } from "./flash.ts";
import { createImages } from "./images.ts";
import { createOrderBook } from "./orders.ts";
import { BodyError, readBody } from "./readBody.ts";
import type { Reply } from "./Reply.ts";
import { respond } from "./respond.ts";
import { act, show } from "./route.ts";
import { parseSaved, SAVED_COOKIE } from "./saved.ts";
import type { Shop } from "./Shop.ts";
import type { ShopOptions } from "./ShopOptions.ts";
import { createSignIn, USER_COOKIE } from "./signIn.ts";
import type { Visit } from "./Visit.ts";

/** The catalogue in model order, as derived from the click data (see NOTE.md). */
export const catalogue: readonly Product[] = JSON.parse(
  readFileSync(new URL("../catalogue.json", import.meta.url), "utf8"),
) as Product[];

/**
 * Makes the shop: a request handler for `node:http` that answers everything it is given.
 * Orders live in the memory of this shop; carts, wish lists and sign-ins in cookies.
 */
export function createShop(
  options: ShopOptions,
): (request: IncomingMessage, response: ServerResponse) => void {
  const shop = shopOf(options);
  const images = createImages(shop);
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const visit = visitOf(request, shop);
    const exchange = { request, response, visit, options };
    if (request.method === "GET" || request.method === "HEAD") respond(show(shop, visit, images), exchange);
    else if (request.method !== "POST") respond(METHOD_NOT_ALLOWED, exchange);
    else if (isForeign(request)) respond(FOREIGN, exchange);
    else respond(await act(await readBody(request), shop, visit), exchange);
  };
  return (request, response) => {
    answer(request, response).catch((error: unknown) => {
      const status = error instanceof BodyError ? error.status : 500;
      if (status === 500) console.error(`shop: ${request.method} ${request.url} failed`, error);
      if (response.headersSent) response.destroy();
      else {
        response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8", Connection: "close" });
        response.end(
          status === 500
            ? "Something broke on our side. Please try again.\n"
            : `${(error as BodyError).message}\n`,
        );
      }
    });
  };
}

const METHOD_NOT_ALLOWED: Reply = {
  kind: "text",
  status: 405,
  body: "Use GET or POST.\n",
  headers: { Allow: "GET, HEAD, POST" },
};
const FOREIGN: Reply = { kind: "text", status: 403, body: "Forms of this shop are sent from this shop.\n" };

function shopOf(options: ShopOptions): Shop {
  const byModel = new Map(catalogue.map((product) => [product.model, product]));
  const products = catalogue.toSorted((a, b) => b.clicks - a.clicks);
  return {
    options,
    products,
    product: (model) => byModel.get(model),
    inCategory: (category) => products.filter((product) => product.category === category),
    stock: options.stock ?? unitsInStock,
    orders: createOrderBook(),
    signIn: createSignIn(options.secret ?? randomBytes(32).toString("base64url")),
    now: options.now ?? Date.now,
    newOrderId: options.newOrderId ?? (() => `HR-${randomBytes(9).toString("hex").toUpperCase()}`),
  };
}

function visitOf(request: IncomingMessage, shop: Shop): Visit {
  const host = request.headers.host ?? "";
  const origin = shop.options.origin ?? `http://${/^[\w.:[\]-]+$/.test(host) ? host : "localhost"}`;
  const target = request.url?.startsWith("/") ? request.url : "/";
  const cookies = parseCookies(request.headers.cookie);
  const visit: Visit = {
    // A target such as "//evil.example" is a path of ours, not a host.
    url: new URL(origin + target.replace(/^\/+/, "/")),
    cart: parseCart(cookies.get(CART_COOKIE), shop),
    saved: parseSaved(cookies.get(SAVED_COOKIE), shop),
  };
  const user = shop.signIn.read(cookies.get(USER_COOKIE));
  const flash = parseFlash(cookies.get(FLASH_COOKIE), shop);
  if (user) visit.user = user;
  if (flash) visit.flash = flash;
  return visit;
}

/** Whether a form was sent by another site; browsers say so, and SameSite cookies are the second fence. */
function isForeign(request: IncomingMessage): boolean {
  const site = request.headers["sec-fetch-site"];
  return site !== undefined && site !== "same-origin" && site !== "none";
}

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { catalogue, createShop, type ShopOptions, sizesOf, unitsInStock } from "../../examples/shop/index.ts";

/** The shop on a free port. */
export interface RunningShop {
  origin: string;
  close: () => Promise<void>;
}

/** Starts a shop with nothing of ours in it, unless `options` says otherwise. */
export async function startShop(options: Partial<ShopOptions> = {}): Promise<RunningShop> {
  const handle = createShop({ head: () => "", ...options });
  const server = createServer((request: IncomingMessage, response: ServerResponse) =>
    handle(request, response),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A browser without scripts: keeps cookies, follows the redirects of forms. */
export interface Shopper {
  get: (path: string) => Promise<ShownPage>;
  post: (path: string, fields: Record<string, string>) => Promise<ShownPage>;
}

export interface ShownPage {
  status: number;
  path: string;
  text: string;
  headers: Headers;
}

export function createShopper(origin: string): Shopper {
  const jar = new Map<string, string>();
  const request = async (path: string, init: RequestInit): Promise<ShownPage> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = new Headers(init.headers);
    headers.set("cookie", cookie);
    const response = await fetch(origin + path, { ...init, redirect: "manual", headers });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = "", age = ""] = /^([^=]+)=([^;]*);.*Max-Age=(\d+)/.exec(line) ?? [];
      if (age === "0") jar.delete(name);
      else jar.set(name, value);
    }
    const location = response.headers.get("location");
    if (location) return request(location, {});
    return { status: response.status, path, text: await response.text(), headers: response.headers };
  };
  return {
    get: (path) => request(path, {}),
    post: (path, fields) => request(path, { method: "POST", body: new URLSearchParams(fields) }),
  };
}

/** A data-layer event as the page carries it. */
export interface PageEvent {
  event: string;
  once?: string;
  ecommerce: {
    item_list_id?: string;
    items: Record<string, unknown>[];
    [parameter: string]: unknown;
  };
  [parameter: string]: unknown;
}

/** What the page will push to `dataLayer`. */
export function eventsOf({ text }: ShownPage): PageEvent[] {
  const [, json = "{}"] = /<script type="application\/json" id="page-data">(.*?)<\/script>/s.exec(text) ?? [];
  return (JSON.parse(json) as { events: PageEvent[] }).events;
}

export function namesOf(page: ShownPage): string[] {
  return eventsOf(page).map(({ event }) => event);
}

/** The JSON-LD blocks of a page. */
export function jsonLdOf({ text }: ShownPage): Record<string, unknown>[] {
  return [...text.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map(
    ([, json = ""]) => JSON.parse(json) as Record<string, unknown>,
  );
}

/** A complete checkout form. */
export const ADDRESS: Record<string, string> = {
  email: "ada@example.com",
  name: "Ada Lovelace",
  street: "12 St James's Square",
  city: "London",
  zip: "SW1Y 4JH",
  delivery: "standard",
  payment: "cash",
};

/** A size of `model` of which there is plenty. */
export function sizeInStock(model: string): string {
  const product = catalogue.find((entry) => entry.model === model);
  const size = product && sizesOf(product).find((label) => unitsInStock(model, label) >= 6);
  if (!size) throw new Error(`${model} has no size to buy: choose another model`);
  return size;
}

import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { Browser, BrowserContext, LaunchOptions, Page } from "puppeteer-core";
import type { Rule } from "@vitrine/core";
import { createSigner, type Signer } from "../../browser/support/createSigner.ts";
import { launchChromium } from "../../support/chromium.ts";
import type { Scope } from "./FaultRow.ts";
import { watchPage, type PageNoise } from "./watchPage.ts";

const BUNDLES = new URL("../../../packages/browser/dist/bundle/", import.meta.url);

/** Where the row of a trial looks at what its rules show. */
export const PLACEMENT = "top";

/** A rule that says a text at {@link PLACEMENT}, to everybody. */
export const saying = (words: string, more: Partial<Rule> = {}): Rule => ({
  id: "say",
  placement: PLACEMENT,
  purposes: [],
  action: { type: "message", text: { en: words } },
  ...more,
});

/** The inline reader of the first paint, as a shop puts it into its pages. */
export const READER = JSON.parse(readFileSync(new URL("first-paint.json", BUNDLES), "utf8")) as {
  code: string;
  hash: string;
};

/** A shop whose rules come from a trial's own hand, and one browser for all that happens in it. */
export interface RulesShop {
  /** Pages and collector, on one origin; any path gives the page. */
  url: string;
  /** The site key of its pages. */
  site: string;
  signer: Signer;
  browser: Browser;
  /** What `/v1/rules` answers; nothing at first. */
  rules: unknown;
  /** What the page at a path is made of, where it is not the usual. */
  pageAt: (path: string) => Partial<ShopPage>;
  /** Looks at each request first; true where it answered by itself, or never will. */
  answer: (path: string, request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>;
  /** Events that came, as the bodies said them. */
  events: { event?: string; type: string; properties: Record<string, unknown> }[];
  /**
   * Opens the shop as somebody new, unless a `context` says who; waits until the SDK knows what it has.
   * @param prepare comes before the page's first request
   */
  visit: (
    prepare?: (page: Page) => Promise<unknown>,
    context?: BrowserContext,
    path?: string,
  ) => Promise<Visit>;
}

/** What a page is made of. */
export interface ShopPage {
  headers: Record<string, string>;
  /** Stands in the head before the script tag. */
  head: string;
  /** More attributes of the script tag. */
  attributes: string;
  body: string;
}

/** A slot that follows its rules, with the shop's default. */
export const SLOT: string = `<div data-vitrine-slot="${PLACEMENT}" data-vitrine-live>Default</div>`;

/** A page of the shop, and what it let out. */
export interface Visit {
  page: Page;
  context: BrowserContext;
  noise: PageNoise;
}

/** Opens a shop; it ends with the scope. */
export async function openRulesShop(scope: Scope, options: LaunchOptions = {}): Promise<RulesShop> {
  const server = createServer((request, response) => void handle(shop, request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  scope.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const browser = await launchChromium(options);
  scope.after(() => browser.close());
  const shop: RulesShop = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    site: "vs_test",
    signer: await createSigner(),
    browser,
    rules: undefined,
    pageAt: () => ({}),
    answer: () => false,
    events: [],
    visit: async (prepare, context, path = "") => {
      const mine = context ?? (await browser.createBrowserContext());
      const page = await mine.newPage();
      const noise = watchPage(page);
      await prepare?.(page);
      await page.goto(shop.url + path, { waitUntil: "load" });
      await isReady(page);
      return { page, context: mine, noise };
    },
  };
  return shop;
}

/** Waits until the SDK of a page knows consent, device and the rules that were stored. */
export async function isReady(page: Page): Promise<void> {
  await page.waitForFunction(() => typeof window.vitrine?.ready === "function");
  await page.evaluate(async () => void (await window.vitrine.ready()));
}

async function handle(shop: RulesShop, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url!, shop.url);
  // A sandboxed page has no origin of its own.
  response.setHeader("Access-Control-Allow-Origin", "*");
  if (await shop.answer(pathname, request, response)) return;
  if (pathname.startsWith("/v/")) {
    response.setHeader("Content-Type", "text/javascript");
    response.end(readFileSync(new URL(pathname.slice(3), BUNDLES)));
  } else if (pathname === "/v1/batch") {
    const { batch } = JSON.parse(await text(request)) as {
      batch: (RulesShop["events"][0] & { messageId: string })[];
    };
    shop.events.push(...batch);
    const results = batch.map(({ messageId }) => ({ messageId, status: "accepted", time: Date.now() }));
    response.end(JSON.stringify({ results }));
  } else if (pathname === "/v1/rules" && shop.rules !== undefined) {
    response.end(JSON.stringify(shop.rules));
  } else if (pathname.startsWith("/v1/")) {
    response.writeHead(404).end();
  } else {
    const { headers, ...page } = shop.pageAt(pathname);
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", ...headers });
    response.end(pageOf(shop, page));
  }
}

const pageOf = (
  { site, signer }: RulesShop,
  { head = "", attributes = "", body = SLOT }: Partial<ShopPage>,
) => `<!doctype html><html lang="en"><head>
<title>Shop</title><link rel="icon" href="data:,">${head}<script async src="/v/vitrine.js" nonce="n1" data-site="${site}"
data-consent="granted" data-page-views="false" data-rules-key="${signer.rulesKey}" ${attributes}></script></head>
<body><h1>Shop</h1>${body}</body></html>`;

import { readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import { CONTENT_CSS, createHandOffReader, handOffElement } from "@vitrine/preact/server";
import { catalogue, sizesOf } from "../../shop/index.ts";
import type { Article } from "../dist/Article.js";
import { STATE_ID, type PageState } from "../dist/pageState.js";
import { renderApp } from "../dist/renderApp.js";
import { routeOf } from "../dist/routeOf.js";

/** What the app's server is told. */
export interface SpaOptions {
  /** As the page reaches Vitrine: on the shop's own site, so that the device's cookie comes with requests for pages. */
  config: Required<PageState["config"]>;
  /** As this server reaches it. */
  endpoint: string;
}

const BUNDLE = new URL("../dist/bundle/", import.meta.url);
const STYLE = new URL("../public/app.css", import.meta.url);

/** Of each department the most wanted: enough for an example, and every page carries them. */
const ARTICLES_EACH = 12;

/** Both servers are this process, on a machine that may be busy with everything else of a demo. */
const HAND_OFF_TIMEOUT_MS = 1000;

const POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'self'",
].join("; ");

/** Makes the app's server: it answers `/app/…` with rendered pages, the app's script and its style. */
export function createSpa(options: SpaOptions): (request: IncomingMessage, response: ServerResponse) => void {
  const articles = chooseArticles();
  const readHandOff = createHandOffReader({
    ...options.config,
    endpoint: options.endpoint,
    // The banner asks for both, and there is no device cookie without a yes.
    granted: ["analytics", "personalization"],
    timeoutMs: HAND_OFF_TIMEOUT_MS,
  });
  const state: PageState = { articles, config: options.config };

  const page = async (url: URL, cookie: string | undefined): Promise<string> => {
    const handOff = await readHandOff({ cookie, url, language: "en-US" });
    const { html, title } = renderApp({ path: url.pathname, articles, handOff });
    return `<!doctype html>
<html lang="en-US">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</title>
<link rel="icon" href="/favicon.svg"><link rel="stylesheet" href="/app/vitrine.css"><link rel="stylesheet" href="/app/app.css"></head>
<body><div id="root">${html}</div>
<script type="application/json" id="${STATE_ID}">${JSON.stringify(state).replaceAll("<", "\\u003c")}</script>
${handOffElement(handOff)}
<script type="module" src="/app/js/app.js"></script></body></html>`;
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url!, "http://localhost");
    const file = fileOf(url.pathname);
    if (file) return send(response, 200, file.type, file.body, "no-cache");
    const status = isKnown(url.pathname, articles) ? 200 : 404;
    const body = await page(url, request.headers.cookie);
    response.setHeader("Content-Security-Policy", POLICY);
    // It may be one person's page.
    return send(response, status, "text/html", body, "private, no-cache");
  };
  return (request, response) => {
    answer(request, response).catch((error: unknown) => {
      console.error(`app: ${request.url} failed`, error);
      send(response, 500, "text/plain", "Something broke on our side. Please try again.\n", "no-store");
    });
  };
}

function chooseArticles(): Article[] {
  const wanted = catalogue.toSorted((a, b) => b.clicks - a.clicks);
  const categories = [...new Set(catalogue.map(({ category }) => category))];
  return categories.flatMap((one) =>
    wanted
      .filter(({ category }) => category === one)
      .slice(0, ARTICLES_EACH)
      .map(({ model, name, brand, category, price, description, sizeGroup, sizeSystem }) => {
        const sizes = sizesOf({ sizeSystem });
        return { model, name, brand, category, price, description, sizeGroup, sizeSystem, sizes };
      }),
  );
}

function isKnown(path: string, articles: readonly Article[]): boolean {
  const route = routeOf(path);
  if (route.name === "listing") return articles.some(({ category }) => category === route.category);
  if (route.name === "product") return articles.some(({ model }) => model === route.model);
  return route.name !== "missing";
}

function fileOf(path: string): { body: string | Buffer; type: string } | undefined {
  if (path === "/app/app.css") return { body: readFileSync(STYLE), type: "text/css" };
  if (path === "/app/vitrine.css") return { body: CONTENT_CSS, type: "text/css" };
  const [, name] = /^\/app\/js\/([\w.-]+\.js)$/.exec(path) ?? [];
  const isThere = name && readdirSync(fileURLToPath(BUNDLE)).includes(name);
  return isThere ? { body: readFileSync(new URL(name, BUNDLE)), type: "text/javascript" } : undefined;
}

function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Buffer,
  cacheControl: string,
): void {
  response.writeHead(status, {
    "Content-Type": `${type}; charset=utf-8`,
    "Cache-Control": cacheControl,
    "X-Content-Type-Options": "nosniff",
  });
  response.end(body);
}

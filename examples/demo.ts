import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createHttpServer, createVitrine, LIMITS, type Vitrine, type VitrineOptions } from "@vitrine/server";
import { SignJWT } from "jose";
import { sendFeeds } from "./feeds.ts";
import { createShop } from "./shop/index.ts";
import { createSpa } from "./spa/server/createSpa.ts";

/** What a demo can be asked for. */
export interface DemoOptions {
  /** Folder of the server's data. */
  dataDir: string;
  /** 0 takes any free port. */
  port: number;
  /** Serve the collector to the shop from the shop's own origin, as a shop with a first-party collector does. */
  sameOrigin?: boolean;
  /** Leave our tags out of the shop's pages: the control of comparisons. */
  withoutVitrine?: boolean;
  /** Send the shop's articles and the stock of its stores to Vitrine, as a shop's server does. */
  feeds?: boolean;
  /** Give the shop a service worker, with our one line in it. */
  worker?: boolean;
  /** More attributes of the script tag, such as `{"data-consent": "granted"}`. */
  attributes?: Record<string, string>;
  server?: Partial<VitrineOptions>;
}

/** A running shop with its Vitrine, on one port: the shop on `localhost`, server and console on `127.0.0.1`. */
export interface Demo {
  port: number;
  shopUrl: string;
  vitrineUrl: string;
  vitrine: Vitrine;
  http: Server;
  /** A token by which the shop's server vouches for a signed-in shopper on a device. */
  proof(userId: string, deviceId: string): Promise<string>;
  close(): Promise<void>;
}

/** The app reaches the collector on its own site: only then the device's cookie comes with requests for its pages. */
const APP_COLLECTOR = "/app/v1";

const FIRST_PAINT = new URL("../packages/browser/dist/bundle/first-paint.json", import.meta.url);

/** Starts the shop and Vitrine. The two have different origins, so that CORS is always real. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  let answer: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
  const http = createHttpServer(
    (request, response) => (answer ? answer(request, response) : response.writeHead(503).end()),
    LIMITS,
  );
  const port = await listen(http, options.port);
  const shopUrl = `http://localhost:${port}`;
  const vitrineUrl = `http://127.0.0.1:${port}`;
  const secret = keptSecret(options.dataDir);
  const vitrine = await createVitrine({
    dataDir: options.dataDir,
    publicUrl: vitrineUrl,
    origins: [shopUrl],
    mirrorPage: `${shopUrl}/mirror`,
    proof: { alg: "HS256", secret },
    ...options.server,
  });
  const proof = (userId: string, deviceId: string) => signProof(secret, vitrine.site.id, userId, deviceId);
  const endpoint = options.sameOrigin ? shopUrl : vitrineUrl;
  const tags = readTags(vitrine, endpoint, options.attributes ?? {});
  const shop = createShop({
    head: ({ path }) => (options.withoutVitrine ? "" : (path === "/mirror" ? tags.pair : "") + tags.html),
    worker: () => (options.worker ? `importScripts("${endpoint}/v/vitrine-worker.js");\n` : undefined),
    csp: {
      scriptSrc: [endpoint, `'${tags.hash}'`],
      connectSrc: [endpoint],
      // The console shows a draft in the shop's own pages.
      frameAncestors: [vitrineUrl],
    },
    proof,
    secret,
  });
  const spa = startApp(vitrine, shopUrl, vitrineUrl);
  answer = (request, response) => {
    const isShop = /^localhost(:|$)/.test(request.headers.host ?? "");
    const path = request.url ?? "";
    const isOurs = options.sameOrigin && /^\/(v|v1)\//.test(path);
    if (isShop && path.startsWith(`${APP_COLLECTOR}/`))
      request.url = path.slice(APP_COLLECTOR.length - "/v1".length);
    else if (isShop && !isOurs) return (path.startsWith("/app/") ? spa : shop)(request, response);
    vitrine.handler(request, response);
  };
  if (options.feeds)
    await sendFeeds({ vitrineUrl, key: keptFeedKey(vitrine, options.dataDir), shopUrl, at: Date.now() });
  const close = async () => {
    http.closeAllConnections();
    await new Promise((done) => http.close(done));
    await vitrine.close();
  };
  return { port, shopUrl, vitrineUrl, vitrine, http, proof, close };
}

/** The single-page app, on the shop's own origin. */
function startApp({ site }: Vitrine, shopUrl: string, vitrineUrl: string): ReturnType<typeof createSpa> {
  const { siteKey, rulesKey } = site;
  const config = { site: siteKey, rulesKey, endpoint: `${shopUrl}${APP_COLLECTOR}` };
  return createSpa({ config, endpoint: `${vitrineUrl}/v1` });
}

/** What a shop pastes into its pages: the inline first-paint reader, then the script tag. */
function readTags(
  vitrine: Vitrine,
  endpoint: string,
  extra: Record<string, string>,
): { html: string; hash: string; pair: string } {
  const { code, hash } = JSON.parse(readFileSync(fileURLToPath(FIRST_PAINT), "utf8")) as {
    code: string;
    hash: string;
  };
  const attributes = {
    "data-site": vitrine.site.siteKey,
    "data-rules-key": vitrine.site.rulesKey,
    "data-endpoint": `${endpoint}/v1`,
    ...extra,
  };
  const text = Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`);
  return {
    html: `<script>${code}</script>\n<script async src="${endpoint}/v/vitrine.js"${text.join("")}></script>`,
    hash,
    // Above the SDK's tag, so that a scanned code is out of the address before the SDK reads it.
    pair: `<script src="${endpoint}/v/pair.js" data-endpoint="${endpoint}/v1"></script>\n`,
  };
}

/** The shop server's own secret, kept beside the data: a restart signs nobody out. */
const keptSecret = (dataDir: string): string =>
  kept(dataDir, "shop-secret", () => randomBytes(32).toString("base64url"));

/** The key by which the shop's server sends its feeds: made once, as a merchant would in the console. */
function keptFeedKey({ site, services }: Vitrine, dataDir: string): string {
  const scopes = ["catalogue", "stock"] as const;
  return kept(dataDir, "shop-feed-key", () => {
    const key = {
      siteId: site.id,
      kind: "secret",
      name: "example shop: articles and stock",
      scopes,
    } as const;
    return services.keys.create(key).text;
  });
}

function kept(dataDir: string, name: string, make: () => string): string {
  const file = join(dataDir, name);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  if (!existsSync(file)) writeFileSync(file, make(), { mode: 0o600 });
  return readFileSync(file, "utf8");
}

function signProof(secret: string, site: string, userId: string, deviceId: string): Promise<string> {
  return new SignJWT({ device: deviceId })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(userId)
    .setAudience(site)
    .setIssuedAt()
    .setExpirationTime("5m")
    .sign(new TextEncoder().encode(secret));
}

function listen(http: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once("error", reject);
    // Both names of this machine: the shop is `localhost`, Vitrine is `127.0.0.1`.
    http.listen(port, "127.0.0.1", () => resolve((http.address() as AddressInfo).port));
  });
}

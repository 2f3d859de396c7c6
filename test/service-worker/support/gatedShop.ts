import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { TestContext } from "node:test";
import type { Page } from "puppeteer-core";
import { runVitrine, type Running } from "../../server/support/runVitrine.ts";
import { controlled } from "./controlWorker.ts";

/**
 * What the gate in front of the collector does with a batch. `down` refuses it; `swallow` takes it and tells nobody;
 * `hold` hands it on, and keeps the answer back; `open` hands on both.
 */
export type GateMode = "down" | "swallow" | "hold" | "open";

/** A page with our tag and our worker, and a collector behind a gate. */
export interface GatedShop {
  server: Running;
  origin: string;
  gate: {
    mode: GateMode;
    /** Batches kept back: whether its sender still waits, and how to let the answer go or cut the line. */
    held: { isAlive: () => boolean; release: () => void; cut: () => void }[];
    /** Message ids in order as they came, whatever became of them. */
    posted: string[];
  };
  /** The text of `/sw.js`; undefined: there is none. */
  worker: string | undefined;
  /** How often a browser asked for it. */
  workerAsked: number;
  /** Opens the page and waits for SDK and worker. */
  open: (page: Page) => Promise<void>;
}

/** Opens the shop for one test. */
export async function openGatedShop(t: TestContext): Promise<GatedShop> {
  const server = await runVitrine(t, { clock: Date.now });
  const gate: GatedShop["gate"] = { mode: "open", held: [], posted: [] };
  const gateUrl = await listen(
    t,
    createServer((request, response) => void pass(request, response)),
  );

  const pass = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await text(request);
    for (const { messageId } of (JSON.parse(body) as { batch: { messageId: string }[] }).batch)
      gate.posted.push(messageId);
    response.setHeader("Access-Control-Allow-Origin", "*");
    const { mode } = gate;
    if (mode === "down") return void response.writeHead(503).end();
    const answer = mode === "swallow" ? undefined : await server.post(request.url!, body);
    const json = (await answer?.text()) ?? "";
    const release = () => void response.writeHead(answer?.status ?? 503).end(json);
    if (mode === "open") return release();
    return void gate.held.push({
      isAlive: () => !response.destroyed,
      release,
      cut: () => void response.destroy(),
    });
  };

  const tag = `<script async src="${server.url}/v/vitrine.js" data-site="${server.siteKey}" data-endpoint="${gateUrl}/v1"
    data-consent="granted" data-page-views="false" data-personal="false"></script>`;
  const register = `<script>navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" }).catch(() => {})</script>`;
  const shop: GatedShop = {
    server,
    gate,
    origin: "",
    worker: `importScripts("${server.url}/v/vitrine-worker.js");`,
    workerAsked: 0,
    open: async (page) => {
      await page.goto(`${shop.origin}/`, { waitUntil: "load" });
      // Not by frames: a page in the background has none.
      await page.waitForFunction(() => typeof window.vitrine?.ready === "function", { polling: 20 });
      await page.evaluate(async () => void (await window.vitrine.ready()));
      await controlled(page);
    },
  };
  const pages = createServer((request, response) => {
    if (request.url === "/sw.js") {
      shop.workerAsked++;
      response.setHeader("Content-Type", "text/javascript");
      return response.writeHead(shop.worker === undefined ? 404 : 200).end(shop.worker);
    }
    response.setHeader("Content-Type", "text/html");
    return response.end(`<!doctype html><title>Shop</title><h1>Shop</h1>${tag}${register}`);
  });
  shop.origin = (await listen(t, pages)).replace("127.0.0.1", "localhost");
  return shop;
}

/** How many events are in the outbox of the page's origin. */
export function outboxSize(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open("vitrine");
        opening.addEventListener("error", () => reject(opening.error!));
        opening.addEventListener("success", () => {
          const db = opening.result;
          const counting = db.transaction("outbox").objectStore("outbox").count();
          counting.addEventListener("success", () => {
            db.close();
            resolve(counting.result);
          });
        });
      }),
  );
}

async function listen(t: TestContext, server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

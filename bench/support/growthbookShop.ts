import { readFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { CONTENT_CSS } from "@vitrine/browser";
import { createShop } from "../../examples/shop/index.ts";
import { SCRIPTS } from "./scripts.ts";

/** The example shop with GrowthBook's tag in the place of ours. */
export interface GrowthbookShop {
  shopUrl: string;
  close: () => Promise<void>;
}

/** How the tag is loaded: as its snippet stands, or so that the parser waits for it. */
export type TagLoading = "async" | "blocking";

const API = "/api/features/sdk-bench";
const SCRIPT = "/growthbook.js";

/**
 * Starts the shop with GrowthBook's script tag, as published, and its own anti-flicker: it hides the page until its rules are there.
 * What it shows in the hero, to everyone, is the content that ours shows there. Script and rules come from another origin, as from its CDN;
 * browsers may keep the script for an hour.
 * @param content HTML of the hero
 */
export async function startGrowthbookShop(content: string, loading: TagLoading): Promise<GrowthbookShop> {
  const script = readFileSync(SCRIPTS.growthbook);
  const payload = JSON.stringify({ status: 200, features: {}, experiments: [heroExperiment(content)] });
  let head = "";
  const shop = createShop({ head: () => head });
  const http = createServer((request, response) => {
    response.setHeader("Access-Control-Allow-Origin", "*");
    const path = request.url!.split("?")[0];
    if (path === SCRIPT) return send(response, "text/javascript", script, "public, max-age=3600");
    if (path === API) return send(response, "application/json", payload, "no-cache");
    withoutPolicy(response);
    return shop(request, response);
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const { port } = http.address() as AddressInfo;
  const cdn = `http://127.0.0.1:${port}`;
  head = `<script ${loading === "async" ? "async " : ""}data-api-host="${cdn}" data-client-key="sdk-bench"
    data-anti-flicker="true" data-no-streaming="true" data-tracking="none" src="${cdn}${SCRIPT}"></script>`;
  return {
    shopUrl: `http://localhost:${port}`,
    close: async () => {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

/** A change of the visual editor for everyone: its second variation has all the weight. */
const heroExperiment = (value: string): object => ({
  key: "hero",
  changeId: "hero",
  hashAttribute: "id",
  coverage: 1,
  weights: [0, 1],
  urlPatterns: [{ include: true, type: "simple", pattern: "/" }],
  variations: [
    {},
    {
      css: CONTENT_CSS,
      domMutations: [
        { selector: "[data-vitrine-slot='home-hero']", action: "set", attribute: "html", value },
      ],
    },
  ],
});

/** The shop's policy allows no inline style, by which GrowthBook hides the page: a shop that uses it has to allow that. */
function withoutPolicy(response: ServerResponse): void {
  const writeHead = response.writeHead.bind(response) as (status: number, headers?: object) => ServerResponse;
  response.writeHead = ((status: number, headers: Record<string, string> = {}) => {
    const { "Content-Security-Policy": _, ...others } = headers;
    return writeHead(status, others);
  }) as never;
}

function send(response: ServerResponse, type: string, body: string | Buffer, cacheControl: string): void {
  response.writeHead(200, { "Content-Type": type, "Cache-Control": cacheControl });
  response.end(body);
}

// The mirror's own page, built as it ships, with fakes where it meets the world: camera, model, server, voice and clock.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "puppeteer-core";
import { readPageFile } from "../../../kiosk/shell/src/shared/pageFiles.ts";
import { drawFigure } from "../../vision/support/figure.ts";
import { fakeWorld, type World } from "./fakeWorld.ts";

declare global {
  interface Window {
    world: World;
  }
}

const fromRoot = (path: string) => new URL(`../../../${path}`, import.meta.url);
const PAGE = fromRoot("kiosk/dist/page").pathname;

/** Stands in for the model: says at once how the figure of the film stands. */
const SEER = `import { expose } from "/comlink.mjs";
let yaw = 0;
let isThere = false;
new BroadcastChannel("yaw").onmessage = ({ data }) => data === null ? (isThere = false) : ([yaw, isThere] = [data, true]);
const poses = fetch("/poses.json").then((response) => response.json());
expose({
  open() {},
  async see(frame) {
    frame.close();
    return { people: isThere ? [(await poses)[((Math.round(yaw) % 360) + 360) % 360]] : [], memoryBytes: 0 };
  },
});`;

const poses = () => JSON.stringify(Array.from({ length: 360 }, (_, yaw) => drawFigure({ yaw })));

/** Files that stand beside the page's own. */
const FAKES: Record<string, { type: string; read: () => string | Promise<Buffer> }> = {
  "/pose-worker.js": { type: "text/javascript", read: () => SEER },
  "/poses.json": { type: "application/json", read: poses },
  "/comlink.mjs": {
    type: "text/javascript",
    read: () => readFile(fromRoot("node_modules/comlink/dist/esm/comlink.mjs")),
  },
  ...Object.fromEntries(
    ["turn_a.mp4", "turn_b.mp4", "turn_a.json", "turn_b.json"].map((name) => [
      `/${name}`,
      {
        type: name.endsWith("mp4") ? "video/mp4" : "application/json",
        read: () => readFile(fromRoot(`test/fixtures/vision/${name}`)),
      },
    ]),
  ),
};

/** A server of the mirror's page. */
export interface ServedMirror {
  url: string;
  close(): Promise<void>;
}

/** Serves the built page under its own Content-Security-Policy. */
export async function serveMirror(): Promise<ServedMirror> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, "http://localhost");
    const fake = FAKES[pathname];
    const answer = async () => {
      if (fake) return { status: 200, headers: { "Content-Type": fake.type }, body: await fake.read() };
      const picture = () => Promise.resolve(undefined);
      return readPageFile({ folder: PAGE, identity: undefined, hasCamera: true, picture }, pathname);
    };
    void answer().then(({ status, headers, body }) => response.writeHead(status, headers).end(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => void server.close(done));
    },
  };
}

/**
 * Opens the page in its world.
 * @param glass as the shells are told it
 * @param change of the world, before the page is in it
 */
export async function openMirror(
  page: Page,
  url: string,
  glass?: string,
  change?: () => Promise<unknown>,
): Promise<void> {
  await page.evaluateOnNewDocument(fakeWorld);
  await change?.();
  await page.goto(`${url}/${glass ? `?glass=${glass}` : ""}`);
  await page.waitForSelector(".stage .corner");
}

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, it, type TestContext } from "node:test";
import type { Browser, Page } from "puppeteer-core";
import { handoffsOf } from "../../packages/server/src/handoff/handoffsOf.ts";
import { createHttpServer, LIMITS } from "../../packages/server/src/index.ts";
import { asKey } from "../server/support/asKey.ts";
import { newKioskKey } from "../server/support/newKioskKey.ts";
import { runVitrine, type Running } from "../server/support/runVitrine.ts";
import { launchChromium } from "../support/chromium.ts";
import { sealLooks, type RecordedLook } from "../support/sealLooks.ts";

const require = createRequire(import.meta.url);
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const MEDIABUNNY = readFileSync(join(dirname(require.resolve("mediabunny")), "mediabunny.min.cjs"), "utf8");
const PHONE = { width: 390, height: 844, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

/** Pictures of every screen, for people to look at, where a folder is named. */
const PICTURES = process.env["PHONE_PICTURES"];

let browser: Browser;
let films: Buffer[];
/** As a mirror makes them that has an encoder for it; none where this browser has none. */
let mp4s: Buffer[];
before(async () => {
  browser = await launchChromium({ args: ["--autoplay-policy=no-user-gesture-required"] });
  ({ films, mp4s } = await recordFilms());
});
after(() => browser.close());

/** Frames of a film each second. */
const FRAME_RATE = 20;

/**
 * Encodes films as a mirror's recorder writes them (VP9 in WebM, live: without a length), but frame by frame, so that
 * no busy machine leaves any out. Their grey goes from black to white from beginning to end, so that a pixel tells the
 * moment; a figure in the film's own colour makes the pictures worth looking at.
 */
async function recordFilms(): Promise<{ films: Buffer[]; mp4s: Buffer[] }> {
  const page = await browser.newPage();
  const http = createServer((_, response) => response.end()).listen(0, "127.0.0.1");
  await once(http, "listening");
  // Encoders are for secure pages only.
  await page.goto(`http://127.0.0.1:${(http.address() as AddressInfo).port}/`);
  await page.addScriptTag({
    content: `{const module={exports:{}},exports=module.exports;${MEDIABUNNY};window.mediabunny=module.exports}`,
  });
  const record = (seconds: number, colour: string, codec: "vp9" | "avc" = "vp9") =>
    page.evaluate(
      async (frames, rate, colour, codec) => {
        const { BufferTarget, canEncodeVideo, CanvasSource, Mp4OutputFormat, Output, WebMOutputFormat } = (
          window as unknown as { mediabunny: typeof import("mediabunny") }
        ).mediabunny;
        if (!(await canEncodeVideo(codec))) return undefined;
        const canvas = new OffscreenCanvas(360, 640);
        const pen = canvas.getContext("2d")!;
        const draw = (share: number) => {
          const grey = Math.round(255 * share);
          pen.fillStyle = `rgb(${grey} ${grey} ${grey})`;
          pen.fillRect(0, 0, 360, 640);
          const width = 40 + 110 * Math.abs(Math.cos(share * Math.PI * 2));
          pen.fillStyle = colour;
          pen.beginPath();
          pen.ellipse(180, 150, 44, 54, 0, 0, 7);
          pen.roundRect(180 - width / 2, 216, width, 300, 30);
          pen.fill();
        };
        const target = new BufferTarget();
        const format = codec === "vp9" ? new WebMOutputFormat({ appendOnly: true }) : new Mp4OutputFormat();
        const output = new Output({ format, target });
        const source = new CanvasSource(canvas, { codec, bitrate: 1_500_000 });
        output.addVideoTrack(source, { frameRate: rate });
        await output.start();
        for (let i = 0; i < frames; i++) {
          draw((i + 0.5) / frames);
          await source.add(i / rate, 1 / rate);
        }
        await output.finalize();
        const bytes = new Uint8Array(target.buffer!);
        return btoa(Array.from(bytes, (one) => String.fromCharCode(one)).join(""));
      },
      seconds * FRAME_RATE,
      FRAME_RATE,
      colour,
      codec,
    );
  const recorded = [await record(1.5, "#2f6f8f"), await record(3, "#a8542f"), await record(1.5, "#5d7f3a")];
  const anew = [await record(1.5, "#2f6f8f", "avc"), await record(3, "#a8542f", "avc")];
  await page.close();
  http.close();
  const bytesOf = (all: (string | undefined)[]) =>
    all.flatMap((text) => (text ? [Buffer.from(text, "base64")] : []));
  return { films: bytesOf(recorded), mp4s: bytesOf(anew) };
}

const NAMES = ["Wool coat", "Linnea crêpe culottes", "Leda jeans"];

/** Body angles at times: a steady turn in the first film; a quick half, a pause, a quick half in the second. */
const TURNS = [
  [
    [0, 0],
    [1500, 360],
  ],
  [
    [0, 0],
    [600, 180],
    [2400, 180],
    [3000, 360],
  ],
].map((samples) => ({ samples: samples.map(([at, yaw]) => ({ at, yaw })), quality: "good" }));

const looksOf = (count: number, turns: boolean, isMp4: boolean): RecordedLook[] =>
  (isMp4 ? mp4s : films).slice(0, count).map((film, i) => ({
    film,
    mimeType: isMp4 ? "video/mp4" : "video/webm;codecs=vp9",
    details: { article: { name: NAMES[i], size: "M" }, ...(turns ? { turn: TURNS[i] } : {}) },
  }));

interface HandedOver {
  server: Running;
  id: string;
  /** Path and fragment of the link. */
  link: string;
  /** Bytes of each sealed part. */
  sizes: number[];
}

interface HandOverOptions {
  /** With the angle of the body over time. */
  turns?: boolean;
  /** Made anew, for phones that keep no WebM. */
  isMp4?: boolean;
  /** May spoil the sealed parts on their way. */
  change?: (parts: Buffer[]) => void;
}

/** A mirror that handed over looks. */
async function handOver(
  t: TestContext,
  count = 2,
  { turns = false, isMp4 = false, change = () => {} }: HandOverOptions = {},
): Promise<HandedOver> {
  const server = await runVitrine(t, { clock: Date.now });
  const kiosk = asKey(server, newKioskKey(server));
  const { parts, fragment } = await sealLooks(looksOf(count, turns, isMp4));
  change(parts);
  const { body } = await kiosk<{ id: string; url: string }>("POST", "/v1/kiosk/handoffs", {
    parts: parts.map(({ length }) => ({ bytes: length })),
  });
  for (const [n, part] of parts.entries())
    assert.equal((await kiosk("PUT", `/v1/kiosk/handoffs/${body.id}/parts/${n}`, part)).status, 204);
  const sizes = parts.map(({ length }) => length);
  return { server, id: body.id, sizes, link: `${new URL(body.url).pathname}#${fragment}` };
}

/** A phone with the page open; whatever it throws fails the test. */
async function openPhone(
  t: TestContext,
  url: string,
  prepare: (page: Page) => unknown = () => undefined,
): Promise<Page> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && !/410|ERR_|Failed to load/.test(message.text()))
      faults.push(message.text());
  });
  t.after(async () => {
    await context.close();
    assert.deepEqual(faults, []);
  });
  await page.setViewport(PHONE);
  await prepare(page);
  await page.goto(url);
  await page.waitForSelector("h1");
  return page;
}

async function see(page: Page, text: string): Promise<void> {
  await page.waitForFunction((wanted) => document.body.innerText.includes(wanted), {}, text);
}

async function tap(page: Page, name: string): Promise<void> {
  const button = await page.waitForFunction(
    (wanted) => {
      const all = [...document.querySelectorAll<HTMLButtonElement>("button:not(:disabled)")];
      return all.find((one) => (one.getAttribute("aria-label") ?? one.innerText).trim() === wanted);
    },
    {},
    name,
  );
  const element = button.asElement() as import("puppeteer-core").ElementHandle<HTMLButtonElement>;
  await element.scrollIntoView();
  await element.tap();
}

async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES === undefined) return;
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
}

/** What axe finds, targets below 44 pixels, and whether anything is wider than the screen, at three widths. */
async function checkScreen(page: Page, name: string): Promise<void> {
  for (const width of [320, 390, 430]) {
    await page.setViewport({ ...PHONE, width });
    const found = await page.evaluate(() => ({
      small: [...document.querySelectorAll("button, a, input, video[controls]")].flatMap((one) => {
        const { width, height } = one.getBoundingClientRect();
        return width < 44 || height < 44 ? [`${one.outerHTML} ${width}×${height}`] : [];
      }),
      overflow: document.documentElement.scrollWidth - innerWidth,
    }));
    assert.deepEqual(found, { small: [], overflow: 0 }, `${name} at ${width}`);
  }
  await page.setViewport(PHONE);
  await page.evaluate(AXE);
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
  assert.deepEqual(violations, [], name);
  await picture(page, name);
}

/** The grey of both compared pictures, at the top left where no figure stands. */
const greys = (page: Page) =>
  page.$$eval("figure canvas", (all) =>
    all.map((one) => one.getContext("2d")!.getImageData(4, 4, 1, 1).data[0]!),
  );

/** Moves the scrubber, and waits until both pictures have the grey they should; sixty pictures are kept of a film. */
async function showsBoth(page: Page, share: number, wanted: [number, number]): Promise<void> {
  await page.waitForSelector("input[type=range]", { timeout: 60_000 });
  await page.$eval(
    "input[type=range]",
    (input, to) => {
      input.value = String(to);
      input.dispatchEvent(new Event("input", { bubbles: true }));
    },
    share * 1000,
  );
  await showGreys(page, wanted, `at ${share} `);
}

async function showGreys(page: Page, wanted: [number, number], where = ""): Promise<void> {
  try {
    await page.waitForFunction(
      (greys) =>
        [...document.querySelectorAll<HTMLCanvasElement>("figure canvas")].every((one, i) => {
          const [shown] = one.getContext("2d")!.getImageData(4, 4, 1, 1).data;
          return Math.abs(shown! - greys[i]!) <= 26;
        }),
      {},
      wanted,
    );
  } catch (cause) {
    const shown = await greys(page);
    throw new Error(`${where}the greys are ${shown.join()}, not ${wanted.join()}`, { cause });
  }
}

describe("the phone's page", () => {
  it("asks nothing of the server before a tap, then plays, and every screen is fit for a thumb", async (t) => {
    const { server, link } = await handOver(t, 3);
    const asked: string[] = [];
    const page = await openPhone(t, server.url + link, (phone) =>
      phone.on("request", (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`)),
    );
    await see(page, "Your looks are here");
    await checkScreen(page, "1-start");
    assert.ok(asked.length > 0 && !asked.some((one) => one.includes("/v1/")), asked.join());
    await tap(page, "Open my looks");
    await see(page, "Wool coat");
    await page.waitForFunction(() => (document.querySelector("video")?.currentTime ?? 0) > 0.2);
    await page.waitForFunction(() => document.querySelectorAll(".poster img").length === 3);
    await checkScreen(page, "2-looks");
    await tap(page, "Look 2\nLinnea crêpe culottes");
    await see(page, "Linnea crêpe culottes");
    await tap(page, "Pause");
    await page.waitForFunction(() => document.querySelector("video")!.paused);
    await tap(page, "Play");
    await page.waitForFunction(() => !document.querySelector("video")!.paused);
    const addresses = await page.evaluate(() =>
      performance.getEntriesByType("resource").map(({ name }) => name),
    );
    assert.ok(addresses.every((address) => address.startsWith(server.url) || address.startsWith("blob:")));
    await tap(page, "Delete now");
    await see(page, "Delete your looks from the shop");
    await checkScreen(page, "4-ask");
  });

  it("saves the very film, and shares it where the phone can", async (t) => {
    const { server, link } = await handOver(t, 1);
    const folder = mkdtempSync(join(tmpdir(), "vitrine-phone-"));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    const page = await openPhone(t, server.url + link, async (phone) => {
      await phone.evaluateOnNewDocument(() => {
        const shared: object[] = [];
        const share = async ({ files }: ShareData) => {
          const [file] = files!;
          shared.push({ name: file!.name, type: file!.type, size: file!.size });
        };
        Object.assign(window, { shared });
        Object.defineProperty(navigator, "canShare", {
          value: ({ files }: ShareData) => files?.length === 1,
        });
        Object.defineProperty(navigator, "share", { value: share });
      });
      const session = await phone.createCDPSession();
      await session.send("Page.setDownloadBehavior", { behavior: "allow", downloadPath: folder });
    });
    await tap(page, "Open my looks");
    await tap(page, "Save");
    await see(page, "Handed to your downloads");
    await tap(page, "Share");
    await page.waitForFunction(() => (window as unknown as { shared: object[] }).shared.length === 1);
    const shared = await page.evaluate(() => (window as unknown as { shared: object[] }).shared[0]);
    assert.deepEqual(shared, { name: "look-1-wool-coat.webm", type: "video/webm", size: films[0]!.length });
    const saved = await page
      .waitForFunction(() => true)
      .then(() => untilSaved(folder, "look-1-wool-coat.webm"));
    assert.ok(saved.equals(films[0]!));
  });

  it("is light: what reads films frame by frame comes when two are compared, and its lack stops nothing", async (t) => {
    const { server, link } = await handOver(t, 2);
    const isFrames = (url: string) => url.endsWith("/take/frames.js");
    const asked: string[] = [];
    const page = await openPhone(t, server.url + link, async (phone) => {
      await phone.setRequestInterception(true);
      phone.on("request", (request) => {
        asked.push(request.url());
        void (isFrames(request.url()) ? request.abort() : request.continue());
      });
    });
    const script = await (await fetch(`${server.url}/take/take.js`)).arrayBuffer();
    const bytes = gzipSync(script, { level: 9 }).length;
    t.diagnostic(`take.js: ${bytes} bytes`);
    assert.ok(bytes <= 14_000, `${bytes} bytes`);
    await tap(page, "Open my looks");
    await page.waitForFunction(() => document.querySelectorAll(".poster img").length === 2);
    assert.ok(!asked.some(isFrames), "not for the posters");
    await tap(page, "Compare two");
    await page.waitForFunction(() => (document.querySelector("progress")?.value ?? 0) > 2);
    assert.ok(asked.some(isFrames));
  });

  it("shows two looks side by side, which one scrubber moves together", async (t) => {
    const { server, link } = await handOver(t, 3);
    const asked: string[] = [];
    const page = await openPhone(t, server.url + link, (phone) =>
      phone.on("response", (response) =>
        asked.push(`${response.status()} ${new URL(response.url()).pathname}`),
      ),
    );
    await tap(page, "Open my looks");
    await tap(page, "Compare two");
    await page.waitForSelector("figure canvas", { timeout: 60_000 });
    await see(page, "In step by time");
    assert.ok(asked.includes("200 /take/frames.js"), asked.join());
    for (const share of [0, 0.25, 0.5, 0.75, 1]) await showsBoth(page, share, [255 * share, 255 * share]);
    await checkScreen(page, "3-compare");
    const before = await greys(page);
    await tap(page, "Play");
    await page.waitForFunction(
      (old) => {
        const canvas = document.querySelector("figure canvas") as HTMLCanvasElement;
        return Math.abs(canvas.getContext("2d")!.getImageData(4, 4, 1, 1).data[0]! - old) > 60;
      },
      {},
      before[0]!,
    );
    await tap(page, "Right: Look 3");
    await page.waitForFunction(() => document.querySelectorAll("figcaption")[1]?.textContent === "Look 3", {
      timeout: 60_000,
    });
    await tap(page, "Back");
    await see(page, "Your looks");
  });

  it("turns both by the angle of the body, where the mirror knew it", async (t) => {
    const { server, link } = await handOver(t, 2, { turns: true });
    const page = await openPhone(t, server.url + link);
    await tap(page, "Open my looks");
    await tap(page, "Compare two");
    await see(page, "In step by the angle of your body");
    // Half a turn is in the middle of the first film, and after a fifth of the second one, which then stands still.
    await showsBoth(page, 0, [0, 0]);
    await showsBoth(page, 0.25, [64, 26]);
    await showsBoth(page, 0.5, [128, 51]);
    await showsBoth(page, 0.75, [191, 230]);
  });

  it("paints the step that came while the one before it was being painted", async (t) => {
    const { server, link } = await handOver(t, 2, { turns: true });
    const page = await openPhone(t, server.url + link, (phone) =>
      phone.evaluateOnNewDocument(() => {
        const decode = createImageBitmap;
        const both: Promise<ImageBitmap>[] = [];
        globalThis.createImageBitmap = async (picture: ImageBitmapSource) => {
          const isSecond = both.push(decode(picture)) === 2;
          const bitmap = await both.at(-1)!;
          if (!isSecond) return bitmap;
          await both[0];
          // A finger is quick: the page knows of the new step, and did not get to painting it.
          const scrubber = document.querySelector<HTMLInputElement>("input[type=range]")!;
          scrubber.value = "250";
          scrubber.dispatchEvent(new Event("input", { bubbles: true }));
          for (let turn = 0; turn < 20; turn++) await Promise.resolve();
          return bitmap;
        };
      }),
    );
    await tap(page, "Open my looks");
    await tap(page, "Compare two");
    await page.waitForSelector("figure canvas", { timeout: 60_000 });
    await showGreys(page, [64, 26]);
  });

  // Its player gave the frames by seeking, and a browser that draws without a graphics card kept each one in full size.
  it("reads an MP4 frame by frame too, without seeking in a player", async (t) => {
    if (mp4s.length === 0) return t.skip("this browser has no H.264 encoder");
    const { server, link } = await handOver(t, 2, { turns: true, isMp4: true });
    const page = await openPhone(t, server.url + link);
    await tap(page, "Open my looks");
    await page.waitForFunction(() => document.querySelectorAll(".poster img").length === 2);
    await page.evaluate(() => {
      const time = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, "currentTime")!;
      Object.defineProperty(HTMLMediaElement.prototype, "currentTime", {
        ...time,
        set() {
          throw new Error("sought");
        },
      });
    });
    await tap(page, "Compare two");
    await showsBoth(page, 0.25, [64, 26]);
    await showsBoth(page, 0.75, [191, 230]);
  });

  it("goes on where the network broke, asking for the missing bytes only", async (t) => {
    const { server, link, sizes } = await handOver(t, 2);
    const ranges: string[] = [];
    let page: Page | undefined;
    const isHere = (bytes: number) =>
      page!.waitForFunction((n) => (document.querySelector("progress")?.value ?? 0) >= n, {}, bytes);
    const url = await throughTunnel(t, server, (request, response) => {
      if (!request.url!.includes("/parts/1")) return;
      ranges.push(request.headers.range ?? "");
      if (ranges.length < 3) cutAfter(response, 20_000, () => isHere(sizes[0]! + 20_000 * ranges.length));
    });
    page = await openPhone(t, url + link);
    await tap(page, "Open my looks");
    await see(page, "Wool coat");
    await page.waitForSelector("video");
    assert.deepEqual(ranges, ["bytes=0-", "bytes=20000-", "bytes=40000-"]);
  });

  it("opens again after a reload, and on no second phone", async (t) => {
    const { server, link } = await handOver(t);
    const page = await openPhone(t, server.url + link);
    await tap(page, "Open my looks");
    await see(page, "Wool coat");
    await page.reload();
    await tap(page, "Open my looks");
    await see(page, "Wool coat");
    const other = await openPhone(t, server.url + link);
    await tap(other, "Open my looks");
    await see(other, "This link has ended");
    await checkScreen(other, "6-ended");
  });

  it("deletes at once: on the server, on the page, and the key from the address", async (t) => {
    const { server, id, link } = await handOver(t);
    const page = await openPhone(t, server.url + link);
    await tap(page, "Open my looks");
    await see(page, "Wool coat");
    await tap(page, "Delete now");
    await tap(page, "Keep");
    assert.deepEqual(readdirSync(join(server.dataDir, "handoffs")), [id]);
    await tap(page, "Delete now");
    await tap(page, "Delete");
    await see(page, "The shop has nothing of your looks any more");
    await checkScreen(page, "5-deleted");
    await handoffsOf(server.vitrine.services).settled();
    assert.deepEqual(readdirSync(join(server.dataDir, "handoffs")), []);
    const left = await page.evaluate(() => [
      location.hash,
      sessionStorage.length,
      document.querySelectorAll("video, canvas").length,
    ]);
    assert.deepEqual(left, ["", 0, 0]);
  });

  it("says so when a look was changed on its way, and still shows the others", async (t) => {
    const { server, link } = await handOver(t, 2, {
      change: (parts) => {
        parts[1]![5000]! ^= 1;
      },
    });
    const page = await openPhone(t, server.url + link);
    await tap(page, "Open my looks");
    await see(page, "This look arrived damaged");
    await tap(page, "Look 2\nLinnea crêpe culottes");
    await page.waitForFunction(() => (document.querySelector("video")?.currentTime ?? 0) > 0.1);
  });

  it("says what is wrong with a link without its key, or with another one", async (t) => {
    const { server, link } = await handOver(t, 1);
    const [path, fragment] = link.split("#") as [string, string];
    const without = await openPhone(t, server.url + path);
    await see(without, "The link is incomplete");
    assert.equal(await without.$("button"), null);
    await checkScreen(without, "7-no-key");
    const wrong = await openPhone(t, `${server.url}${path}#${fragment.slice(0, -4)}AAAA`);
    await tap(wrong, "Open my looks");
    await see(wrong, "What came is not what the mirror sealed");
  });
});

/** The file as soon as the browser has written all of it. */
async function untilSaved(folder: string, name: string): Promise<Buffer> {
  while (!readdirSync(folder).includes(name)) await new Promise((resolve) => setTimeout(resolve, 20));
  return readFileSync(join(folder, name));
}

/** The same server through another port, where a test may break connections. */
async function throughTunnel(
  t: TestContext,
  { vitrine }: Running,
  meddle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<string> {
  const http = createHttpServer((request, response) => {
    meddle(request, response);
    vitrine.handler(request, response);
  }, LIMITS);
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    http.closeAllConnections();
    http.close();
  });
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
}

/** Lets so many bytes through, and closes the connection once they are there, as a network does that goes away. */
function cutAfter(response: ServerResponse, bytes: number, areHere: () => Promise<unknown>): void {
  const write = response.write.bind(response);
  const { socket } = response;
  let isCut = false;
  const writeOnce = (chunk: Buffer): boolean => {
    if (!isCut) write(chunk.subarray(0, bytes), () => void areHere().then(() => socket?.destroy()));
    return (isCut = true);
  };
  response.write = writeOnce as typeof response.write;
}

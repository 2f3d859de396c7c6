import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Browser, Page } from "puppeteer-core";
import { launchChromium } from "../support/chromium.ts";
import { temporaryFolder } from "../support/shopper.ts";
import { createSmallDisk } from "../support/smallDisk.ts";
import { QUARTERS, writeCanaryFilm } from "./support/canaryCamera.ts";
import { serveFolder, type Served } from "./support/serveFolder.ts";

type Code = typeof import("../../kiosk/src/clips/clipStore.ts") &
  typeof import("../../kiosk/src/clips/recordClip.ts") &
  typeof import("../../kiosk/src/clips/clip.ts");

/** What the page keeps for the test between calls. */
interface Stage {
  code: Code;
  store: Awaited<ReturnType<Code["openClipStore"]>>;
  recording: Awaited<ReturnType<Code["recordClip"]>>;
  /** Of each slice that the recorder gave, bytes from its middle, as hex. */
  canaries: string[];
  /** How often the browser took the storage away. */
  losses: number;
}

declare global {
  interface Window {
    stage: Stage;
  }
}

let served: Served;
let film: Awaited<ReturnType<typeof temporaryFolder>>;
before(async () => {
  served = await serveFolder({ "/clips/": join(import.meta.dirname, "../../kiosk/dist/clips") });
  film = await temporaryFolder("film");
  await writeCanaryFilm(join(film.path, "canary.y4m"));
});
after(async () => {
  await served.close();
  await film.remove();
});

const MODULES = ["clipStore", "recordClip", "clip"].map((name) => `/clips/${name}.js`);

async function openPage(userDataDir: string): Promise<{ browser: Browser; page: Page }> {
  const browser = await launchChromium({
    userDataDir,
    args: [
      "--use-fake-device-for-media-stream",
      `--use-file-for-fake-video-capture=${join(film.path, "canary.y4m")}`,
      "--use-fake-ui-for-media-stream",
    ],
  });
  const page = await browser.newPage();
  await page.evaluateOnNewDocument(keepCanaries);
  await page.goto(served.url);
  await page.evaluate(async (paths) => {
    const modules = (await Promise.all(paths.map((path) => import(path)))) as object[];
    const code = Object.assign({}, ...modules) as Code;
    Object.assign(window.stage, { code, store: await code.openClipStore(), losses: 0 });
    window.stage.store.onLost(() => window.stage.losses++);
  }, MODULES);
  return { browser, page };
}

/** Listens to every recorder of the page beside the code under test. */
function keepCanaries(): void {
  const canaries: string[] = [];
  window.stage = { canaries } as unknown as Stage;
  const { start } = MediaRecorder.prototype;
  MediaRecorder.prototype.start = function (slice) {
    this.addEventListener("dataavailable", async ({ data }) => {
      const middle = new Uint8Array(await data.slice(data.size / 2, data.size / 2 + 16).arrayBuffer());
      if (middle.length === 16)
        canaries.push([...middle].map((byte) => byte.toString(16).padStart(2, "0")).join(""));
    });
    start.call(this, slice);
  };
}

/** Begins to record the fake camera at 720p. */
function record(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const { code, store } = window.stage;
    const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 1280, height: 720 } });
    window.stage.recording = await code.recordClip(stream, store);
  });
}

/** How many chunks are stored. */
const chunkCount = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open("vitrine-clips");
        opening.addEventListener("error", () => reject(opening.error!));
        opening.addEventListener("success", () => {
          const counting = opening.result.transaction("chunks").objectStore("chunks").count();
          counting.addEventListener("success", () => {
            opening.result.close();
            resolve(counting.result);
          });
          counting.addEventListener("error", () => reject(counting.error!));
        });
      }),
  );

async function untilChunks(page: Page, count: number): Promise<void> {
  while ((await chunkCount(page)) < count) await page.evaluate(() => new Promise(requestAnimationFrame));
}

/** Kills the browser with all of its processes, as a power cut would, and waits until it is gone. */
async function kill(browser: Browser): Promise<void> {
  const gone = new Promise((resolve) => browser.process()!.once("exit", resolve));
  process.kill(-browser.process()!.pid!, "SIGKILL");
  await gone;
}

/** What only a readable WebM has: its magic, its document type, the codec's name and the head of a cluster. */
const MAGIC = { ebml: "1a45dfa3", docType: "4282847765626d", codec: "565f565039", cluster: "1f43b675" };

/** A file, unless it has gone since it was listed: the browser's process that dies last takes a draft of its own away. */
function readIfThere(path: string): Buffer[] {
  try {
    return [readFileSync(path)];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return [];
  }
}

/** Which of these bytes, as hex, any file of a folder has. */
function found(folder: string, needles: string[]): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => readIfThere(join(entry.parentPath, entry.name)));
  return needles.filter((needle) => files.some((bytes) => bytes.includes(Buffer.from(needle, "hex"))));
}

describe("a clip", () => {
  it("plays back whole, and is gone when it is destroyed", { timeout: 120_000 }, async () => {
    const profile = await temporaryFolder("profile");
    const { browser, page } = await openPage(profile.path);
    try {
      await record(page);
      await untilChunks(page, 8);
      const played = await page.evaluate(async () => {
        const { code, store, recording } = window.stage;
        const ended = await recording.stop();
        if (ended.kind === "failed") throw new Error(ended.message);
        const blob = await code.openClip(ended.clip, store);
        const video = document.createElement("video");
        const seeked = () =>
          new Promise((resolve) => video.addEventListener("seeked", resolve, { once: true }));
        video.src = URL.createObjectURL(blob);
        await new Promise((resolve) => video.addEventListener("loadeddata", resolve, { once: true }));
        // A live recording does not know how long it is until its end was looked for.
        video.currentTime = 1e6;
        await seeked();
        const seconds = video.duration;
        video.currentTime = seconds / 2;
        await seeked();
        const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
        const context = canvas.getContext("2d")!;
        context.drawImage(video, 0, 0);
        const colours = [0.1, 0.9].flatMap((y) =>
          [0.1, 0.9].map((x) => [
            ...context.getImageData(x * canvas.width, y * canvas.height, 1, 1).data.slice(0, 3),
          ]),
        );
        return { seconds, width: canvas.width, height: canvas.height, colours, type: blob.type };
      });
      assert.equal(`${played.width}x${played.height} ${played.type}`, "1280x720 video/webm;codecs=vp9");
      assert.ok(played.seconds > 1, `${played.seconds} s`);
      for (const [i, { name, rgb }] of QUARTERS.entries())
        for (const [part, value] of rgb.entries())
          assert.ok(
            Math.abs(played.colours[i]![part]! - value) < 40,
            `${name}: ${played.colours[i]!.join()}`,
          );
      const refused = await page.evaluate(async () => {
        const { code, store, recording } = window.stage;
        const ended = await recording.ended;
        if (ended.kind === "failed") throw new Error(ended.message);
        await code.destroyClip(ended.clip, store);
        return code.openClip(ended.clip, store).then(String, (error: Error) => error.name);
      });
      assert.deepEqual([refused, await chunkCount(page)], ["SealError", 0]);
    } finally {
      await browser.close();
      await profile.remove();
    }
  });
});

describe("a browser killed while it records", () => {
  it("leaves nothing readable, and the next start removes it", { timeout: 180_000 }, async () => {
    const profile = await temporaryFolder("profile");
    let { browser, page } = await openPage(profile.path);
    try {
      await record(page);
      await untilChunks(page, 8);
      const canaries = await page.evaluate(() => window.stage.canaries);
      assert.ok(canaries.length >= 6);
      await kill(browser);
      assert.deepEqual(found(profile.path, [...Object.values(MAGIC), ...canaries]), []);
      ({ browser, page } = await openPage(profile.path));
      const left = await chunkCount(page);
      await page.evaluate(() => window.stage.store.removeAll());
      console.log(`killed after ${canaries.length} slices: none readable, ${left} sealed ones purged`);
      assert.ok(left > 0, "the clip never reached the disk");
      assert.equal(await chunkCount(page), 0);
    } finally {
      await browser.close();
      await profile.remove();
    }
  });

  it(
    "is found out by the same search where slices are stored as they come (control)",
    { timeout: 120_000 },
    async () => {
      const profile = await temporaryFolder("profile");
      const { browser, page } = await openPage(profile.path);
      try {
        await page.evaluate(() => {
          // A seal that seals nothing.
          SubtleCrypto.prototype.encrypt = async (_algorithm, _key, data) => data as ArrayBuffer;
        });
        await record(page);
        await untilChunks(page, 8);
        const canaries = await page.evaluate(() => window.stage.canaries);
        await kill(browser);
        // Not all of them: what compresses well is stored compressed, and what is ciphertext never does.
        const seen = [found(profile.path, Object.values(MAGIC)), found(profile.path, canaries)];
        assert.ok(
          seen.every(({ length }) => length >= 2),
          JSON.stringify({ seen, canaries }),
        );
      } finally {
        await browser.close();
        await profile.remove();
      }
    },
  );
});

describe("a storage that the browser takes away", () => {
  it(
    "ends the recording: what would be left has no beginning, and could not be opened",
    { timeout: 60_000 },
    async () => {
      const profile = await temporaryFolder("profile");
      const { browser, page } = await openPage(profile.path);
      try {
        await record(page);
        await untilChunks(page, 3);
        const cdp = await page.createCDPSession();
        await cdp.send("Storage.clearDataForOrigin", { origin: served.url, storageTypes: "indexeddb" });
        const ended = await page.evaluate(() => window.stage.recording.ended);
        assert.ok(ended.kind === "failed" && ended.reason === "storage", JSON.stringify(ended));
        assert.equal(await page.evaluate(() => window.stage.losses), 1);
        assert.equal(await chunkCount(page), 0, "nothing of it is left");
      } finally {
        await browser.close();
        await profile.remove();
      }
    },
  );
});

it("asks for its storage itself where a reopening from before failed", { timeout: 60_000 }, async () => {
  const profile = await temporaryFolder("profile");
  const { browser, page } = await openPage(profile.path);
  try {
    await page.evaluate(async () => {
      const { store } = window.stage;
      const { transaction } = IDBDatabase.prototype;
      IDBDatabase.prototype.transaction = () => {
        IDBDatabase.prototype.transaction = transaction;
        throw new DOMException("The database connection is closing.", "InvalidStateError");
      };
      const { open } = IDBFactory.prototype;
      const removed = new Promise<void>((resolve, reject) => {
        IDBFactory.prototype.open = () => {
          IDBFactory.prototype.open = open;
          // While the disk is full; what is asked for now may come to it when there is room.
          store.removeAll().then(resolve, reject);
          throw new DOMException("Internal error opening backing store.", "UnknownError");
        };
      });
      await store.read("none").catch(() => {});
      await removed;
    });
    assert.equal(await chunkCount(page), 0);
  } finally {
    await browser.close();
    await profile.remove();
  }
});

describe("a disk without room", () => {
  it(
    "ends a recording with a message, gives its room back, and lets the next one run",
    { timeout: 240_000 },
    async () => {
      const profile = await temporaryFolder("profile");
      const { browser, page } = await openPage(profile.path);
      try {
        const cdp = await page.createCDPSession();
        const origin = served.url;
        for (let trial = 0; trial < 10; trial++) {
          await cdp.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 100_000 + trial * 50_000 });
          await record(page);
          const ended = await page.evaluate(() => window.stage.recording.ended);
          assert.ok(ended.kind === "failed" && ended.reason === "disk_full", JSON.stringify(ended));
          assert.equal(await chunkCount(page), 0);
        }
      } finally {
        await browser.close();
        await profile.remove();
      }
    },
  );

  it(
    "that others filled costs the looks there are, and the next recording runs in the same page",
    { timeout: 240_000 },
    async (t) => {
      const disk = createSmallDisk(96);
      if (!disk) return t.skip("no small disk here: mount is not permitted");
      const { browser, page } = await openPage(join(disk.path, "profile"));
      try {
        for (let trial = 1; trial <= DISK_TRIALS; trial++) {
          await record(page);
          await untilChunks(page, 4);
          const ended = page.evaluate(() => window.stage.recording.ended);
          let end: Awaited<typeof ended> | undefined;
          while (!end) {
            disk.fill();
            const frame = page.evaluate(
              () => new Promise<undefined>((done) => requestAnimationFrame(() => done(undefined))),
            );
            end = await Promise.race([ended, frame]);
          }
          const failed = end.kind === "failed" ? `${end.reason}: ${end.message}` : "it did not fail";
          assert.match(failed, /^disk_full/);
          disk.free();
          // As at the end of every session, and at once.
          await page.evaluate(() => window.stage.store.removeAll());
          assert.equal(await chunkCount(page), 0, "nothing of the failed one is left");
          await record(page);
          await untilChunks(page, 4);
          const size = await page.evaluate(async () => {
            const { code, store, recording } = window.stage;
            const end = await recording.stop();
            if (end.kind === "failed") throw new Error(end.message);
            const { size } = await code.openClip(end.clip, store);
            await code.destroyClip(end.clip, store);
            return size;
          });
          assert.ok(size > 50_000, `${size} bytes`);
        }
        const losses = await page.evaluate(() => window.stage.losses);
        console.log(`a full disk ${DISK_TRIALS} times: storage lost ${losses} times, recovered each time`);
      } finally {
        await browser.close();
        disk.remove();
      }
    },
  );
});

/** How often the disk is filled. */
const DISK_TRIALS = Number(process.env["DISK_TRIALS"] ?? 3);

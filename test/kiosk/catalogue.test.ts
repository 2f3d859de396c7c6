// The catalogue that a kiosk keeps for the time without a network: a day of it, by a clock by hand.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { createCatalogue, FRESH_MS } from "../../kiosk/shell/src/shared/catalogue/createCatalogue.ts";
import { PICTURES_PATH } from "../../kiosk/shell/src/shared/catalogue/keptPictures.ts";
import type { Kiosk } from "../../kiosk/shell/src/shared/kiosk.ts";
import type { CallAnswer, KioskIdentity } from "../../kiosk/src/shell.ts";

const SHOP = "https://shop.example";
const NOON = Date.UTC(2026, 10, 23, 12);
/** As the shell's timer asks. */
const CHECK_MS = 20_000;
const DAY_MS = 24 * 3_600_000;

const GTINS: Record<string, string> = { C1: "04006381333931", D2: "04006381333948" };

const article = (sku: string, stock: number, image = `${SHOP}/${sku}.png`) => ({
  article: { sku, gtin: null, name: `Article ${sku}`, image_url: image },
  sizes: [{ size: "M", sku: `${sku}-M`, gtin: GTINS[sku] ?? null, stock, at: NOON }],
});

interface Found {
  article: { sku: string; picture?: string };
  sizes: { stock: number }[];
  size?: string | null;
  kept_at?: number;
}

/** A kiosk with a server and a shop that can be taken away. */
function createScene(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-catalogue-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const scene = { isUp: true, isSlow: false, now: NOON, articles: [article("C1", 3)], asked: [] as string[] };
  const identity = { endpoint: "https://vitrine.example", shopUrl: `${SHOP}/start` } as KioskIdentity;
  const answer = (path: string): CallAnswer => {
    const { pathname, searchParams } = new URL(path, identity.endpoint);
    const after = searchParams.get("after") ?? "";
    if (pathname === "/v1/kiosk/catalogue") {
      const [first, ...rest] = scene.articles.filter(({ article: { sku } }) => sku > after);
      return {
        status: 200,
        body: { items: first ? [first] : [], next: rest.length ? first!.article.sku : null },
      };
    }
    if (pathname === "/v1/kiosk/pairings") return { status: 201, body: {} };
    const code = searchParams.get("code");
    const found = scene.articles.find(({ sizes: [size] }) => code === size!.gtin || code === size!.sku);
    return found ? { status: 200, body: found } : { status: 404, body: {} };
  };
  const kiosk: Kiosk = {
    identity: () => identity,
    enrol: () => Promise.reject(new Error("It is enrolled.")),
    eventKey: () => undefined,
    learnKeys: () => {},
    call: async (_method, path) => {
      scene.asked.push(path);
      if (scene.isSlow) return new Promise(() => {});
      return scene.isUp ? answer(path) : { status: 0, body: undefined };
    },
  };
  const fetch = async (url: string) => {
    scene.asked.push(url);
    if (!scene.isUp) throw new TypeError("fetch failed");
    const type = url.endsWith(".html") ? "text/html" : "image/png";
    return new Response(`picture of ${url}`, { headers: { "Content-Type": type } });
  };
  const open = () => createCatalogue({ kiosk, folder, fetch, now: () => scene.now, waitMs: 5 });
  const find = async (catalogue: ReturnType<typeof open>, code = "04006381333931") => {
    const { status, body } = await catalogue.kiosk.call("GET", `/v1/kiosk/articles?code=${code}`);
    return { status, body: body as Found };
  };
  const pictureOf = async (catalogue: ReturnType<typeof open>, found: Found) => {
    const picture = await catalogue.picture(found.article.picture ?? "");
    return picture && { type: picture.type, text: Buffer.from(picture.body).toString() };
  };
  return { scene, folder, open, find, pictureOf };
}

describe("the catalogue on a kiosk", () => {
  it("stands for 24 hours without a network, tells its age, and is fresh a minute after", async (t) => {
    const { scene, open, find, pictureOf } = createScene(t);
    const catalogue = open();
    await catalogue.refresh();
    const live = await find(catalogue);
    assert.deepEqual([live.body.sizes[0]!.stock, live.body.kept_at], [3, undefined]);

    scene.isUp = false;
    for (const end = scene.now + DAY_MS; scene.now < end; scene.now += CHECK_MS) await catalogue.refresh();
    const kept = await find(catalogue);
    assert.deepEqual([kept.status, kept.body.sizes[0]!.stock, kept.body.kept_at], [200, 3, NOON]);
    assert.deepEqual(await pictureOf(catalogue, kept.body), {
      type: "image/png",
      text: `picture of ${SHOP}/C1.png`,
    });
    assert.equal((await find(catalogue, "C1-M")).body.kept_at, NOON, "by SKU too");
    assert.equal(kept.body.size, "M", "and says which size it is");
    assert.equal((await find(catalogue, "C1")).body.size, null);
    assert.equal((await catalogue.kiosk.call("POST", "/v1/kiosk/pairings")).status, 0, "pairing is offline");

    scene.isUp = true;
    scene.articles = [article("C1", 1), article("D2", 4)];
    for (let waited = 0; waited < 60_000; waited += CHECK_MS, scene.now += CHECK_MS)
      await catalogue.refresh();
    scene.isUp = false;
    const again = await find(catalogue);
    assert.equal(again.body.sizes[0]!.stock, 1);
    assert.ok(again.body.kept_at! >= NOON + DAY_MS);
  });

  it("is there at a cold start without a network, pictures too", async (t) => {
    const { scene, open, find, pictureOf } = createScene(t);
    await open().refresh();
    scene.isUp = false;
    const catalogue = open();
    const kept = await find(catalogue);
    assert.deepEqual([kept.body.article.sku, kept.body.kept_at], ["C1", NOON]);
    assert.equal((await pictureOf(catalogue, kept.body))?.text, `picture of ${SHOP}/C1.png`);
    assert.equal((await find(catalogue, "unknown")).status, 0, "what was never known stays offline");
  });

  it("stands in for a server that lets her wait, and not for one that says no", async (t) => {
    const { scene, open, find } = createScene(t);
    const catalogue = open();
    await catalogue.refresh();
    scene.isSlow = true;
    assert.equal((await find(catalogue)).body.kept_at, NOON);
    scene.isSlow = false;
    scene.articles = [];
    assert.equal((await find(catalogue)).status, 404, "it was taken out of the catalogue");
  });

  it("asks when it is old, not more often, and keeps nothing of what was scanned", async (t) => {
    const { scene, folder, open, find } = createScene(t);
    scene.articles = [article("C1", 3), article("D2", 4)];
    const catalogue = open();
    await catalogue.refresh();
    const files = () => readdirSync(folder, { recursive: true }).map(String).sort().join(" ");
    const contents = () => readFileSync(join(folder, "catalogue.json"), "utf8");
    const before = [files(), contents()];
    await find(catalogue);
    scene.asked = [];
    scene.now += FRESH_MS - 1;
    await catalogue.refresh();
    assert.deepEqual([scene.asked, files(), contents()], [[], ...before]);
    scene.now += 1;
    await catalogue.refresh();
    assert.equal(scene.asked.filter((path) => path.includes("/catalogue?")).length, 2, "both pages");
    assert.equal(scene.asked.filter((path) => path.endsWith(".png")).length, 0, "pictures are there");
  });

  it("fetches no picture from elsewhere, and takes no page for one", async (t) => {
    const { scene, open, find, pictureOf } = createScene(t);
    for (const image of ["http://192.168.1.1/router.png", "file:///etc/passwd", `${SHOP}/page.html`]) {
      scene.articles = [article("C1", 3, image)];
      scene.asked = [];
      const catalogue = open();
      const found = await find(catalogue);
      assert.ok(found.body.article.picture?.startsWith(PICTURES_PATH), image);
      assert.equal(await pictureOf(catalogue, found.body), undefined, image);
      assert.equal(scene.asked.includes(image), image.startsWith(SHOP), image);
    }
    assert.equal(await open().picture(`${PICTURES_PATH}../catalogue.json`), undefined);
  });

  it("begins anew when its file is broken, and removes pictures of what is gone", async (t) => {
    const { scene, folder, open, find } = createScene(t);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "catalogue.json"), '{"at":1,"articles":[null,{"article":{}}');
    scene.isUp = false;
    assert.equal((await find(open())).status, 0);
    scene.isUp = true;
    await open().refresh();
    assert.equal(readdirSync(join(folder, "pictures")).length, 1);
    scene.articles = [];
    scene.now += FRESH_MS;
    await open().refresh();
    assert.equal(readdirSync(join(folder, "pictures")).length, 0);
  });
});

// Takes the pictures of docs/images: what a shopper and a merchant see, from the running product.
import { mkdirSync } from "node:fs";
import type { Page } from "puppeteer-core";
import { logInUrl } from "../test/support/merchant.ts";
import {
  accept,
  buy,
  chooseSize,
  delivered,
  moveClock,
  planned,
  setStage,
  submit,
  visit,
} from "../test/support/shopper.ts";

const FOLDER = "docs/images";
const DESK = { width: 1280, height: 860 };
const PHONE = { width: 390, height: 844, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

mkdirSync(FOLDER, { recursive: true });
const stage = await setStage();
const { demo } = stage;

const shoot = async (page: Page, name: string) => {
  await page.evaluate(async () => {
    const inView = [...document.images].filter((image) => image.getBoundingClientRect().top < innerHeight);
    await Promise.all(
      inView.filter((image) => !image.complete).map((image) => image.decode().catch(() => {})),
    );
  });
  await page.screenshot({ path: `${FOLDER}/${name}.webp`, type: "webp", quality: 82 });
  console.log(`${FOLDER}/${name}.webp`);
};

try {
  const browser = await stage.open();
  const page = await browser.newPage();
  await page.setViewport(DESK);
  await visit(page, demo, "/");
  await accept(page);
  await buy(page, demo, "B3", "M");
  await buy(page, demo, "B4", "M");
  for (const path of ["/c/skirts", "/p/B8", "/p/B9", "/p/B6"]) await visit(page, demo, path);
  await page.waitForSelector(".vitrine-note");
  await shoot(page, "shop-product");
  await chooseSize(page, "M");
  await submit(page, "form[action='/cart/add'] button:not([type=button])");
  await page.waitForFunction(() => typeof window.vitrine?.ready === "function");
  await delivered(page);
  await planned(page, "home-hero", "Xenia");
  const { anonymousId } = await page.evaluate(() => window.vitrine.ready());

  for (const [visits, viewport, name] of [
    [1, DESK, "shop-home"],
    [2, PHONE, "shop-home-phone"],
  ] as const) {
    const later = await browser.newPage();
    await moveClock(later, visits * 31 * 60_000);
    await later.setViewport(viewport);
    await later.goto(`${demo.shopUrl}/`, { waitUntil: "networkidle2" });
    await shoot(later, name);
    await later.close();
  }

  const merchant = await browser.newPage();
  await merchant.setViewport({ width: 1360, height: 980 });
  await merchant.goto(logInUrl(demo), { waitUntil: "networkidle2" });
  await shoot(merchant, "console-overview");
  for (const [name, path] of [
    ["console-customer", `customers/anonymous/${anonymousId}`],
    ["console-devices", "devices"],
    ["console-rules", "rules"],
    ["console-events", "events"],
  ] as const) {
    await merchant.goto(`${demo.vitrineUrl}/console/#/${path}`, { waitUntil: "networkidle2" });
    await merchant.waitForNetworkIdle();
    await shoot(merchant, name);
  }
} finally {
  await stage.close();
}

// The kiosk of a cubicle: a hand-held scanner in place of a camera, the real server, a real keyboard.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before } from "node:test";
import type { Page } from "playwright-core";
import type { Browser } from "puppeteer-core";
import { enrolmentCode } from "../../examples/enrolmentCode.ts";
import { catalogue, gtinOf, sizesOf, STORES, unitsInStore } from "../../examples/shop/index.ts";
import { asAdmin } from "../server/support/kiosks.ts";
import { launchChromium } from "../support/chromium.ts";
import { setStage, temporaryFolder, type Stage } from "../support/shopper.ts";
import { writeFakeCamera } from "./support/fakeCamera.ts";
import { readQr } from "./support/readQr.ts";
import { until } from "./support/running.ts";
import { scanUntilShown } from "./support/scanUntilShown.ts";
import { testInBothShells } from "./support/shells.ts";
import { openXInput } from "./support/xInput.ts";

const PAGE = new URL("../../kiosk/dist/page-without-camera", import.meta.url).pathname;

/** Pictures of the screens are kept where this names a folder. */
const SHOTS = process.env["MIRROR_SHOTS"];

let stage: Stage;
let phones: Browser;
let camera: Awaited<ReturnType<typeof temporaryFolder>>;
before(async () => {
  camera = await temporaryFolder("camera");
  stage = await setStage({ feeds: true });
  phones = await launchChromium();
  if (SHOTS) mkdirSync(SHOTS, { recursive: true });
});
after(async () => {
  await phones?.close();
  await stage?.close();
  await camera?.remove();
});

const [coat, dress, skirt] = catalogue.filter((product) => sizesOf(product).length > 2);
const here = (product: typeof coat & object) =>
  sizesOf(product).find((size) => unitsInStore(STORES[0], product.model, size) > 0)!;

const see = (page: Page, text: string) => page.getByText(text).first().waitFor({ timeout: 60_000 });
const press = (page: Page, name: string) =>
  page.getByRole("button", { name }).first().click({ timeout: 60_000 });

/** What the shop was told of a list that went home, once it was told of the last step. */
const untilTold = (server: Parameters<typeof asAdmin>[0], last: string) =>
  until(`the word "${last}"`, async () => {
    const { items } = (await asAdmin(server, "GET", "/events?limit=200")).body;
    const told = (items as { event: { event: string; properties: object } }[])
      .filter(({ event }) => event.event?.startsWith("List "))
      .map(({ event }) => [event.event, event.properties] as const);
    return told.some(([name]) => name === last) ? Object.fromEntries(told) : undefined;
  });

testInBothShells(
  "in a cubicle labels are scanned by hand, and a size is brought",
  async (t, run) => {
    const running = await run({
      page: PAGE,
      hasCamera: false,
      fakeCamera: writeFakeCamera(camera.path),
      enrolment: { endpoint: stage.demo.vitrineUrl, code: await enrolmentCode(stage.demo) },
    });
    const scanner = await openXInput(running.display);
    t.after(() => scanner.close());
    const page = await running.page();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    const shoot = async (name: string) => {
      if (SHOTS && running.kind === "chromium") await page.screenshot({ path: join(SHOTS, `${name}.png`) });
    };
    await shoot("cubicle-idle");

    await scanUntilShown(scanner, gtinOf(coat!, here(coat!)), page, coat!.name);
    await page.getByRole("button", { name: `Bring me this: ${here(coat!)}` }).waitFor();
    await shoot("cubicle-article");

    // A scanner ends with Enter: it must press no button that has the focus.
    await page.getByRole("button", { name: "I'm done" }).focus();
    await scanner.scan(`https://brand.example/01/0${gtinOf(dress!, here(dress!))}`);
    await see(page, dress!.name);
    assert.equal(
      asked.filter((url) => url.includes("brand.example")).length,
      0,
      "no scanned link is visited",
    );

    await press(page, `Bring me this: ${here(dress!)}`);
    const server = { url: stage.demo.vitrineUrl, secretKey: stage.demo.vitrine.firstSecretKey! };
    const { id } = await until("the wish at the staff", async () => {
      const { items } = (await asAdmin(server, "GET", "/requests")).body;
      return (items as { id: string; state: string }[]).find(({ state }) => state === "open");
    });
    await asAdmin(server, "POST", `/requests/${id}/answer`, { state: "coming" });
    await see(page, "Somebody is bringing it.");
    await shoot("cubicle-coming");

    await scanner.scan("https://brand.example/sale");
    await see(page, "This code leads to a web page, not to a product.");
    await shoot("cubicle-refused");
    await press(page, "Back");
    await see(page, "Your things");
    assert.deepEqual(
      await page.locator(".shelf .name").allTextContents(),
      [dress!, coat!].map((product) => `${product.name} ${here(product)}`),
    );
    await shoot("cubicle-tried");

    // No keyboard hangs beside a kiosk: the number is typed on the glass, and a slip of the finger found.
    await press(page, "Scan a garment");
    const third = gtinOf(skirt!, here(skirt!));
    const slipped = third.slice(0, -1) + ((Number(third.at(-1)) + 1) % 10);
    const key = (name: string) => page.getByRole("button", { name, exact: true }).click();
    for (const digit of slipped) await key(digit);
    await shoot("cubicle-keypad");
    await key("Find");
    await see(page, "A digit of this number is wrong.");
    await key("Delete the last digit");
    await key(third.at(-1)!);
    await key("Find");
    await see(page, skirt!.name);
    await press(page, "Back");

    await press(page, "Take my list");
    const qr = page.locator(".qr");
    await qr.waitFor();
    await shoot("cubicle-take-list");
    const blank = await phones.newPage();
    await blank.goto(await readQr(blank, await qr.screenshot()));
    await blank.setViewport({ width: 390, height: 844, isMobile: true, hasTouch: true });
    await blank.waitForFunction(() => document.querySelector("h1")?.textContent === "Your list is here");
    await blank.evaluate(() => document.querySelector("button")!.click());
    await blank.waitForFunction(() => {
      const images = [...document.querySelectorAll<HTMLImageElement>(".garments img")];
      return images.length === 3 && images.every((image) => image.naturalHeight === 240);
    });
    const names = await blank.$$eval(".garments h2", (all) => all.map((one) => one.textContent));
    assert.deepEqual(names, [skirt!.name, dress!.name, coat!.name]);
    const sizes = await blank.$$eval(".garments p span:first-child", (all) =>
      all.map((one) => one.textContent),
    );
    assert.deepEqual(
      sizes,
      [skirt!, dress!, coat!].map((product) => `size ${here(product)}`),
    );
    if (SHOTS) await blank.screenshot({ path: join(SHOTS, "cubicle-list-on-phone.png"), fullPage: true });
    assert.deepEqual(await untilTold(server, "List Taken Home"), {
      "List Handed Off": { articles: 3 },
      "List Taken Home": { articles: 3 },
    });
    await press(page, "Back");

    await press(page, "I'm done");
    await see(page, "Goodbye.");
    const next = await running.page(page);
    await see(next, "Another size? Brought to you.");
  },
  { isLong: true },
);

testInBothShells("a kiosk without a camera gets none, whatever its page asks for", async (t, run) => {
  const askForCamera = () =>
    navigator.mediaDevices.getUserMedia({ video: true }).then(
      (stream) => stream.getTracks().length,
      (error: DOMException) => error.name,
    );
  const fakeCamera = writeFakeCamera(camera.path);
  const answerTo = async (hasCamera: boolean) =>
    (await (await run({ page: PAGE, hasCamera, fakeCamera })).page()).evaluate(askForCamera);
  assert.equal(await answerTo(false), "NotAllowedError");
  assert.equal(await answerTo(true), 1, "control: there is one to be had");
});

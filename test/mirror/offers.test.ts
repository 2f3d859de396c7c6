// What a mirror shows of the profile that her phone lent: a visit to the shop's pages with the real SDK, the shop's signed
// rules, the real mirror in a real Chromium kiosk, and the real server between them.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import type { Browser, Page as Phone } from "puppeteer-core";
import { enrolmentCode } from "../../examples/enrolmentCode.ts";
import { sizeInStock } from "../examples/shopSupport.ts";
import { asAdmin } from "../server/support/kiosks.ts";
import { logIn } from "../support/merchant.ts";
import {
  accept,
  buy,
  chooseSize,
  delivered,
  setStage,
  submit,
  visit,
  type Stage,
} from "../support/shopper.ts";
import { runBox, whyNoBox } from "./support/box.ts";
import { until } from "./support/running.ts";
import { shownCode } from "./support/shownCode.ts";

const PAGE = new URL("../../kiosk/dist/page", import.meta.url).pathname;

/** What she touches on her phone to lend her profile. */
const LEND = "My sizes, my bag and what I looked at";

/** Pictures of the screens are kept where this names a folder. */
const SHOTS = process.env["MIRROR_SHOTS"];

describe("what a mirror shows of a lent profile", { skip: whyNoBox() }, () => {
  let stage: Stage;
  let phones: Browser;
  before(async () => {
    stage = await setStage({ feeds: true });
    phones = await stage.open();
    if (SHOTS) mkdirSync(SHOTS, { recursive: true });
  });
  after(() => stage?.close());

  const pair = async (phone: Phone, mirror: Page, choice: string) => {
    await mirror.locator(".idle").click();
    const code = await shownCode(mirror);
    await phone.goto(`${stage.demo.shopUrl}/mirror#${code}`);
    await phone.waitForFunction(
      (wanted) => {
        const buttons = document.getElementById("vitrine-pair")?.shadowRoot?.querySelectorAll("button") ?? [];
        const button = [...buttons].find((one) => one.textContent === wanted && !one.disabled);
        button?.click();
        return button !== undefined;
      },
      {},
      choice,
    );
  };
  const shoot = async (page: Page, name: string) => {
    if (SHOTS) await page.screenshot({ path: join(SHOTS, `${name}.png`) });
  };
  const namesIn = (page: Page, offer: string): Promise<string[]> =>
    page.locator(".offer", { hasText: offer }).locator("li .name").allTextContents();

  /** A phone whose owner bought a blouse, looked at two things, and left a skirt in her cart. */
  const newPhone = async (): Promise<Phone> => {
    const phone = await phones.newPage();
    await visit(phone, stage.demo, "/");
    await accept(phone);
    await buy(phone, stage.demo, "B8", "M");
    await visit(phone, stage.demo, "/p/A1");
    await visit(phone, stage.demo, "/p/B4");
    await chooseSize(phone, sizeInStock("B4"));
    await submit(phone, "form[action='/cart/add'] button:not([type=button])");
    await phone.waitForFunction(() => window.vitrine?.profile?.().cart.count > 0);
    await delivered(phone);
    assert.equal(await phone.evaluate(() => window.vitrine.profile().cart.count), 1, "one piece was added");
    return phone;
  };
  const heartbeatRules = async (): Promise<unknown> => {
    const server = { url: stage.demo.vitrineUrl, secretKey: stage.demo.vitrine.firstSecretKey! };
    const { items } = (await asAdmin(server, "GET", "/kiosks")).body;
    return (items[0] as { heartbeat: { rules: unknown } | null }).heartbeat?.rules;
  };

  it("goes by the shop's rules: her cart and what she looked at, why, and on to sizes and stock", async (t) => {
    const phone = await newPhone();
    const enrolment = { endpoint: stage.demo.vitrineUrl, code: await enrolmentCode(stage.demo) };
    const box = await runBox(t, { page: PAGE, enrolment });
    const mirror = await box.page();
    await pair(phone, mirror, LEND);
    await mirror.getByRole("heading", { name: "For you" }).waitFor();
    await mirror.getByText("Because you left this in your cart.").waitFor();
    await mirror.getByText("Because you looked at Lia tiered poplin skirt.").waitFor();
    assert.equal(await mirror.locator(".offer").count(), 2, "and no rule of the shop's pages");
    assert.deepEqual(await namesIn(mirror, "cart"), ["Lia tiered poplin skirt"]);
    assert.deepEqual(await namesIn(mirror, "You looked at these"), [
      "Lia tiered poplin skirt",
      "Linnea crêpe culottes",
      "Harriet pencil crêpe skirt",
    ]);
    const skirt = mirror.locator(".offer", { hasText: "cart" }).getByRole("button");
    await mirror.locator(".offer button:enabled").first().waitFor();
    await mirror.waitForLoadState("networkidle");
    await shoot(mirror, "offers");

    await skirt.click();
    await mirror.getByRole("heading", { name: "Try it on here" }).waitFor();
    await mirror.locator(".sizes li", { hasText: "your usual size" }).filter({ hasText: "M" }).waitFor();
    await mirror.waitForLoadState("networkidle");
    await mirror
      .locator(".sizes li", { hasText: /\d here/ })
      .first()
      .waitFor();
    await shoot(mirror, "offered-article");
    await mirror
      .getByRole("button", { name: /^Bring me this/ })
      .and(mirror.locator(":enabled"))
      .first()
      .click();
    await mirror.getByText("Asked").waitFor();
    await mirror.getByRole("button", { name: "Back" }).click();
    await mirror.getByRole("heading", { name: "For you" }).waitFor();
    assert.equal(await until("rules in the heartbeat", heartbeatRules), 1);

    const merchant = await logIn(stage.demo);
    const version = await merchant.publish([
      {
        id: "looked-at",
        placement: "anywhere",
        because: { en: "Since you liked {product}." },
        action: { type: "screen", list: "recent", limit: 1, title: { en: "Last seen" } },
      },
      {
        id: "her-size",
        placement: "her-size",
        priority: 1,
        action: { type: "screen", list: "usualSize", title: { en: "In your size" } },
      },
      { id: "web", placement: "home-hero", action: { type: "message", text: { en: "For pages only" } } },
    ]);
    await mirror.getByRole("button", { name: "I'm done" }).click();
    const second = await box.page(mirror);
    await pair(phone, second, LEND);
    await second.getByText("Since you liked Lia tiered poplin skirt.").waitFor();
    assert.deepEqual(await second.locator(".offer h2").allTextContents(), ["In your size", "Last seen"]);
    await second.getByText("Because you chose M before.").waitFor();
    await second.locator(".offer li", { hasText: "M your usual size" }).first().waitFor();
    await shoot(second, "offers-by-new-rules");
    await until("the new version", async () => ((await heartbeatRules()) === version ? true : undefined));

    await second.getByRole("button", { name: "I'm done" }).click();
    const third = await box.page(second);
    await pair(phone, third, "Nothing about me");
    await third.getByRole("heading", { name: "Phone paired" }).waitFor();
    await third.getByRole("button", { name: "Back" }).click();
    await third.getByRole("button", { name: "Phone paired" }).waitFor();
    const all = await third.locator("#mirror").innerText();
    assert.doesNotMatch(all, /For you|skirt|Since you/, "she lent nothing of her");
  });
});

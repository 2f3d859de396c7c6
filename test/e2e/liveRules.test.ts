import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Page } from "puppeteer-core";
import type { Rule } from "@vitrine/core";
import { logIn, type Merchant } from "../support/merchant.ts";
import { accept, intercept, planned, setStage, visit, type Stage } from "../support/shopper.ts";

const message = (placement: string, text: string): Rule => ({
  id: `say-${placement}`,
  placement,
  purposes: [],
  action: { type: "message", text: { en: text } },
});

const textOf = (page: Page, placement: string) =>
  page.$eval(`[data-vitrine-slot='${placement}']`, (slot) => slot.textContent ?? "");

describe("a rule published in the console", () => {
  let stage: Stage;
  let merchant: Merchant;

  before(async () => {
    stage = await setStage();
    merchant = await logIn(stage.demo);
  });
  after(() => stage.close());

  it("reaches an open page at once, and a live slot changes in place", async () => {
    const page = await (await stage.open()).newPage();
    await visit(page, stage.demo, "/");
    await accept(page);
    assert.match(await textOf(page, "announcement"), /Free delivery/);
    await page.evaluate(() => {
      Object.assign(window, {
        heard: new Promise((done) => window.vitrine.on("ruleset", done)),
        marked: true,
      });
    });
    const version = await merchant.publish([message("announcement", "Half price until noon")]);
    const heard = await page.evaluate(
      () => (window as unknown as { heard: Promise<{ version: number }> }).heard,
    );
    assert.equal(heard.version, version);
    await page.waitForFunction(() =>
      document
        .querySelector("[data-vitrine-slot='announcement']")
        ?.textContent?.includes("Half price until noon"),
    );
    assert.equal(
      await page.evaluate(() => (window as unknown as { marked: boolean }).marked),
      true,
      "no reload",
    );
  });

  it("is shown by a page that was closed, from its second page view at the latest", async () => {
    await (await stage.open()).close();
    await merchant.publish([message("home-hero", "Welcome to the new season")]);
    const page = await (await stage.open()).newPage();
    await visit(page, stage.demo, "/");
    await planned(page, "home-hero");
    await page.goto(`${stage.demo.shopUrl}/`, { waitUntil: "load" });
    assert.match(await textOf(page, "home-hero"), /Welcome to the new season/);
  });

  it("is refused when any byte was changed on the way, and the last good one stays", async () => {
    const page = await (await stage.open()).newPage();
    await visit(page, stage.demo, "/");
    const good = await page.evaluate(() => window.vitrine.decide("home-hero"));
    assert.equal(good.rule, "say-home-hero");
    let forged = 0;
    await intercept(page, async (request) => {
      if (!request.url().includes("/v1/rules") || request.method() !== "GET") return undefined;
      forged++;
      const body = (await (await fetch(request.url())).text()).replace("Brand new", "Brand NEW");
      const headers = { "access-control-allow-origin": stage.demo.shopUrl };
      return { status: 200, contentType: "application/json", headers, body };
    });
    const refused = page.evaluate(
      () => new Promise<{ code: string }>((done) => window.vitrine.on("error", ({ code }) => done({ code }))),
    );
    await merchant.publish([message("home-hero", "Brand new")]);
    assert.match((await refused).code, /signature|rules/);
    assert.ok(forged > 0);
    const after = await page.evaluate(() => window.vitrine.decide("home-hero"));
    assert.deepEqual([after.rule, after.version], [good.rule, good.version]);
  });
});

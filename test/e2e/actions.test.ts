import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Page } from "puppeteer-core";
import type { Rule } from "@vitrine/core";
import { violationsOf } from "../support/axe.ts";
import { logIn, type Merchant } from "../support/merchant.ts";
import { accept, buy, delivered, lookAt, planned, setStage, visit, type Stage } from "../support/shopper.ts";

/** A folder for screenshots; none are taken when absent. */
const SHOTS = process.env["ACTIONS_SHOTS"];

const SHOE = "S1";
const SKIRT = "B4";

const RULES: Rule[] = [
  {
    id: "ad",
    placement: "home-hero",
    purposes: [],
    action: {
      type: "echoCreative",
      parameter: "utm_content",
      creatives: [
        {
          value: "autumn-skirts",
          image: "/images/tile-skirts.svg",
          alt: { en: "Three skirts on a rail" },
          title: { en: "Skirts for the first cold days" },
          label: { en: "See the skirts" },
          href: "/c/skirts",
        },
        { value: "other", title: { en: "Another ad" } },
      ],
    },
  },
  {
    id: "again",
    placement: "home-again",
    action: { type: "reorder", limit: 3, title: { en: "Buy it again" } },
  },
  {
    id: "prompt",
    placement: "home-prompt",
    purposes: [],
    action: {
      type: "identifyPrompt",
      title: { en: "Your sizes, on every device" },
      text: { en: "Sign in, and your orders and sizes are there on your phone as well." },
      label: { en: "Sign in" },
      href: "/account",
    },
  },
  {
    id: "near",
    placement: "pdp-store",
    action: {
      type: "availability",
      store: "harbour",
      stores: { harbour: "Harbour Street", "old-town": "Old Town" },
      title: { en: "At {store} today" },
      text: { en: "{count} on the rail: {sizes}" },
    },
  },
  {
    id: "asked",
    placement: "order-survey",
    purposes: ["analytics"],
    action: {
      type: "survey",
      survey: "order-ease",
      kind: "nps",
      title: { en: "Would you recommend us to a friend?" },
      low: { en: "Not at all" },
      high: { en: "Very likely" },
      thanks: { en: "Thank you. That helps." },
    },
  },
  { id: "list-size", placement: "filters", action: { type: "prefill", what: "filters" } },
  { id: "usual-size", placement: "size", action: { type: "prefill", what: "size" } },
];

describe("every action in the example shop", () => {
  let stage: Stage;
  let page: Page;
  let merchant: Merchant;

  const nextUrl = () => `${stage.demo.vitrineUrl}/v1/next?site=${stage.demo.vitrine.site.siteKey}`;
  const slot = (placement: string) => `[data-vitrine-slot='${placement}']`;
  const says = (placement: string, words: string) =>
    page.waitForFunction(
      (selector, text) => document.querySelector(selector)?.textContent?.includes(text),
      {},
      slot(placement),
      words,
    );
  const textOf = (placement: string) =>
    page.$eval(slot(placement), (element) => (element as HTMLElement).innerText);
  /** Holds what is on the page against axe, and takes its picture by day, by night and from right to left. */
  const judge = async (name: string, selector: string) => {
    assert.deepEqual(await violationsOf(page), []);
    if (!SHOTS) return;
    mkdirSync(SHOTS, { recursive: true });
    const shoot = async (look: string) => {
      const element = await page.$(selector);
      await element!.scrollIntoView();
      await page.screenshot({ path: join(SHOTS, `${name}-${look}.png`) });
    };
    await shoot("light");
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]);
    await shoot("dark");
    await page.emulateMediaFeatures([]);
    await page.evaluate(() => (document.documentElement.dir = "rtl"));
    await shoot("rtl");
    await page.evaluate(() => document.documentElement.removeAttribute("dir"));
  };

  before(async () => {
    stage = await setStage({ feeds: true });
    merchant = await logIn(stage.demo);
    await merchant.publish(RULES);
    page = await (await stage.open()).newPage();
    await visit(page, stage.demo, "/");
    await accept(page);
  });
  after(() => stage.close());

  it("identifyPrompt: asks to sign in, for a reason, by a link to the shop's own page", async () => {
    await visit(page, stage.demo, "/");
    await says("home-prompt", "Sign in");
    assert.match(await textOf("home-prompt"), /Because you are not signed in\. Nothing is collected here\./);
    assert.equal(
      await page.$eval(`${slot("home-prompt")} a`, (link) => link.getAttribute("href")),
      "/account",
    );
    await judge("identify-prompt", slot("home-prompt"));
  });

  it("echoCreative: shows the ad's creative before the page's own is painted, from its second page on", async () => {
    await planned(page, "home-hero", "Skirts for the first cold days");
    await page.goto(`${stage.demo.shopUrl}/?utm_content=autumn-skirts`, { waitUntil: "load" });
    assert.match(await textOf("home-hero"), /Skirts for the first cold days/);
    assert.match(await textOf("home-hero"), /Because you came from this advertisement\./);
    const alt = await page.$eval(`${slot("home-hero")} img`, (image) => image.getAttribute("alt"));
    assert.equal(alt, "Three skirts on a rail");
    await judge("echo-creative", slot("home-hero"));
    await page.goto(`${stage.demo.shopUrl}/?utm_content=nobody`, { waitUntil: "load" });
    assert.match(await textOf("home-hero"), /Clothes for most of your days/);
  });

  it("availability: says what the near shop has, and when it counted", async () => {
    await visit(page, stage.demo, `/p/${SHOE}`);
    await says("pdp-store", "At Harbour Street today");
    const text = await textOf("pdp-store");
    assert.match(text, /\d+ on the rail: \d/);
    assert.match(text, /Harbour Street counted on \w+ \d+, \d{4}/);
    await judge("availability", slot("pdp-store"));
  });

  it("survey: is answered by keyboard, thanks, and does not come again", async () => {
    await buy(page, stage.demo, SKIRT, "M");
    await says("order-survey", "Would you recommend us");
    await judge("survey", slot("order-survey"));
    await page.focus(`${slot("order-survey")} input`);
    await page.keyboard.press("Space");
    for (let step = 0; step < 9; step++) await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await says("order-survey", "Thank you. That helps.");
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Thank you. That helps.");
    await judge("survey-thanks", slot("order-survey"));
    await delivered(page);
    const surveys = await page.evaluate(() => window.vitrine.profile().surveys);
    assert.deepEqual(surveys, [{ survey: "order-ease", score: 9 }]);
    assert.equal(await page.evaluate(() => window.vitrine.decide("order-survey").rule), undefined);
  });

  it("reorder: offers what was bought, in its size", async () => {
    await visit(page, stage.demo, "/");
    await says("home-again", "Buy it again");
    // The catalogue's card, with its link, may come a moment later.
    await page.waitForSelector(`${slot("home-again")} li a`);
    assert.equal(
      await page.$eval(`${slot("home-again")} li a`, (link) => new URL(link.href).pathname),
      `/p/${SKIRT}`,
    );
    assert.match(await textOf("home-again"), /Size M/);
    await judge("reorder", slot("home-again"));
  });

  it("prefill: three searches for 38 open the next shoe list with 38, and a visible clear", async () => {
    for (let time = 0; time < 3; time++) {
      await visit(page, stage.demo, "/c/shoes?size=38");
      await delivered(page);
    }
    await page.goto(`${stage.demo.shopUrl}/c/shoes`, { waitUntil: "load" });
    await page.waitForFunction(
      () => location.search.includes("size=38") && !!document.querySelector(".vitrine-note"),
    );
    assert.match(
      await page.$eval(".vitrine-note", (note) => note.textContent ?? ""),
      /Because you looked for 38 three times\.Clear/,
    );
    await judge("prefill-filters", ".filters");
    await Promise.all([page.waitForNavigation({ waitUntil: "load" }), page.click(".vitrine-note button")]);
    assert.equal(await page.$eval("#filter-size", (select) => (select as HTMLSelectElement).value), "");
    await page.waitForFunction(() => typeof window.vitrine?.ready === "function");
    await delivered(page);
    assert.equal(await page.$(".vitrine-note"), null);
  });

  it("recommend: shows what was clicked next after the last article, from the server's own table", async () => {
    for (const model of ["B5", "B6", "B7", "B5"]) await lookAt(page, stage.demo, model);
    const { services } = stage.demo.vitrine;
    const isSaved = () =>
      services.database.sql("SELECT 1 FROM profiles WHERE identity LIKE 'anonymous:%'").get();
    for (let tries = 0; !isSaved(); tries++) {
      assert.ok(tries < 300, "the profile is saved within 30 s");
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const rule: Rule = {
      id: "next",
      placement: "home-next",
      action: { type: "recommend", limit: 3, title: { en: "Others went on to these" } },
    };
    await merchant.publish([...RULES, rule]);
    await visit(page, stage.demo, "/");
    await page.waitForFunction(async (url) => (await fetch(url)).status === 200, {}, nextUrl());
    await visit(page, stage.demo, "/");
    await says("home-next", "Others went on to these");
    const paths = await page.$$eval(`${slot("home-next")} li a`, (links) =>
      links.map((link) => new URL(link.href).pathname),
    );
    // Never the last one itself.
    assert.deepEqual(paths, ["/p/B6", "/p/B7"]);
    await judge("recommend", slot("home-next"));
  });
});

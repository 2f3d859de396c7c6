import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Browser, Frame, Page } from "puppeteer-core";
import { bucketPlace, bucketRanges, chooseVariant } from "@vitrine/core";
import { overflowOf, violationsOf } from "../support/axe.ts";
import { seeInside } from "../inspector/support.ts";
import { goTo, press, saveDraft, see } from "../support/consolePage.ts";
import { choose, editJson, fill } from "../support/form.ts";
import { logIn, logInUrl } from "../support/merchant.ts";
import { accept, delivered, moveClock, setStage, visit, type Stage } from "../support/shopper.ts";

const RULE = "back-to-the-coats";
const HALF_AN_HOUR_AND_A_BIT = 31 * 60_000;
const DAY_MS = 86_400_000;
const SLOT = "[data-vitrine-slot='home-resume']";

/** Where to put pictures of each step; none are taken without it. */
const SHOTS = process.env["AUTHOR_SHOTS"];

/** Takes a picture of a step as a desk and as a phone shows it. */
async function film(page: Page, name: string): Promise<void> {
  if (!SHOTS) return;
  await mkdir(SHOTS, { recursive: true });
  for (const [width, height] of [
    [390, 844],
    [1280, 900],
  ] as const) {
    await page.setViewport({ width, height });
    await page.evaluate(() => scrollTo(0, 0));
    await page.screenshot({ path: join(SHOTS, `${name}-${width}.png`), fullPage: true });
  }
}

/** Takes a picture of the page within the console on a phone: outside of the window it is not painted. */
async function filmFrame(page: Page): Promise<void> {
  if (!SHOTS) return;
  await page.setViewport({ width: 390, height: 844 });
  await page.$eval(".preview iframe", (frame) => frame.scrollIntoView({ block: "end" }));
  await page.screenshot({ path: join(SHOTS, "4-preview-frame-390.png") });
  await page.setViewport({ width: 1280, height: 900 });
}

/** A view that a merchant may stand before: axe finds nothing, and a phone need not be pushed sideways. */
async function isFit(page: Page): Promise<void> {
  assert.deepEqual(await violationsOf(page), []);
  await page.setViewport({ width: 390, height: 844 });
  assert.equal(await overflowOf(page), 0);
  assert.deepEqual(await violationsOf(page), []);
  await page.setViewport({ width: 1280, height: 900 });
}

const coat = (id: string, name: string) => ({
  product_id: id,
  name,
  category: "Coats",
  category_id: "coats",
  price: 240,
  currency: "USD",
  url: "/p/B4",
});

/** Sends what visitors did, as an import does. */
async function send({ demo }: Stage, events: object[]): Promise<void> {
  for (let at = 0; at < events.length; at += 400) {
    const body = { writeKey: demo.vitrine.site.siteKey, batch: events.slice(at, at + 400) };
    const answer = await fetch(`${demo.vitrineUrl}/v1/batch`, {
      method: "POST",
      headers: { "content-type": "text/plain" },
      body: JSON.stringify({ ...body, sentAt: new Date().toISOString() }),
    });
    const { results } = (await answer.json()) as { results: { status: string }[] };
    assert.ok(results.every(({ status }) => status === "accepted"));
  }
}

const event = (who: string, at: number, name: string, properties: object = {}) => ({
  type: "track",
  event: name,
  anonymousId: who,
  messageId: `${who}-${name}-${at}`,
  timestamp: new Date(at).toISOString(),
  properties,
});

/** Visitors of the last days who looked at coats and came back. */
function lastMonth(count: number): object[] {
  return Array.from({ length: count }, (_, i) => {
    const at = Date.now() - 3 * DAY_MS + i;
    return [
      event(`visitor-${i}`, at, "Product Viewed", coat("coat-1", "Wool coat")),
      { ...event(`visitor-${i}`, at + DAY_MS, "Home"), type: "page" },
    ];
  }).flat();
}

/** Visitors who were shown the rule, or kept from it, every `every`-th of whom bought. */
function shown(variant: string, count: number, every: number): object[] {
  return Array.from({ length: count }, (_, i) => {
    const who = `${variant}-${i}`;
    const at = Date.now() - 1000;
    const exposure = { placement: "home-resume", rule: RULE, variant, version: 2 };
    const order = { order_id: who, total: 240, currency: "USD", products: [{ product_id: "coat-1" }] };
    return [
      event(who, at, "Content Shown", exposure),
      ...(i % every ? [] : [event(who, at + 500, "Order Completed", order)]),
    ];
  }).flat();
}

/** A shopper who looked at coats and is not one of those from whom the rule is kept. */
async function openShopper(stage: Stage, browser: Browser): Promise<Page> {
  for (;;) {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    await page.setViewport({ width: 1280, height: 620 });
    await visit(page, stage.demo, "/");
    await accept(page);
    // Before the grant there is no identity that stays.
    const granted = await page.waitForFunction(async () => (await window.vitrine.ready()).anonymousId);
    const id = (await granted.jsonValue()) as string;
    if (chooseVariant(bucketPlace(RULE, id), bucketRanges(2, 1, [0.1, 0.9])) === 1) {
      await page.evaluate(
        (coats) => coats.forEach((one) => window.vitrine.track("Product Viewed", one)),
        [coat("coat-1", "Wool coat"), coat("coat-2", "Rain coat")],
      );
      await page.waitForFunction(() => window.vitrine.profile().categories["coats"]?.total === 2);
      await delivered(page);
      return page;
    }
    await context.close();
  }
}

/** The page of the shop that stands in the console. */
async function shopFrame(page: Page, stage: Stage): Promise<Frame> {
  return page.waitForFrame((frame) => frame.url().startsWith(stage.demo.shopUrl));
}

/** Clicks the button of a slot in the page that is looked at. */
async function pickSlot(frame: Frame, placement: string): Promise<void> {
  await frame.evaluate((name) => {
    const strip = document.querySelector(`[data-vitrine-preview="${name}"] > vitrine-preview`)!;
    strip.shadowRoot!.querySelector("button")!.click();
  }, placement);
}

/** The names of all events that the server has. */
async function allEvents({ demo }: Stage): Promise<string[]> {
  const merchant = await logIn(demo);
  const { items } = await merchant.call<{ items: { event: { event?: string } }[] }>(
    "GET",
    "/events?limit=200",
  );
  return items.flatMap(({ event: { event: name } }) => name ?? []);
}

describe("a merchant who writes a rule without touching JSON", () => {
  let stage: Stage;
  let shopper: Page;
  let page: Page;
  const faults: string[] = [];

  before(async () => {
    stage = await setStage();
    const browser = await stage.open();
    await send(stage, lastMonth(40));
    shopper = await openShopper(stage, browser);
    stage.demo.vitrine.services.collector.rows.checkpoint(Infinity);
    page = await browser.newPage();
    page.on("pageerror", (error) => faults.push(String(error)));
    await page.setViewport({ width: 1280, height: 900 });
    await seeInside(page);
    await page.goto(logInUrl(stage.demo));
    await page.waitForSelector(".frame");
  });
  after(() => stage.close());

  it("says who sees it, row by row, and reads it back in words", async () => {
    await goTo(page, "rules");
    await press(page, "New rule");
    await fill(page, "What is it called?", "Back to the coats");
    await see(page, `Its id will be ${RULE}.`, "dialog");
    await film(page, "1-new-rule");
    await press(page, "Write the rule", "dialog");
    await see(page, "Everybody see in the slot home-hero", "#rule-words");

    await press(page, "Add a condition");
    await see(page, "Returning visitors see", "#rule-words");
    await press(page, "Add a condition");
    await choose(page, "What about the visitor", "viewed", 1);
    await see(page, "Say which one.", "#rule-form");
    await fill(page, "Which category", "coats");
    await press(page, "Add a condition");
    await choose(page, "What about the visitor", "bought", 2);
    await see(page, "Returning visitors who viewed “coats” and have not bought see", "#rule-words");
    await fill(page, "Slot", "home-resume");
    await see(page, "in the slot home-resume: “Still looking for {category}?”", "#rule-words");
    await see(page, "10 % of them see your shop’s own content instead", "#rule-words");
    const json = await page.$eval("#rules-json", (area) => (area as HTMLTextAreaElement).value);
    assert.deepEqual(JSON.parse(json), {
      id: RULE,
      placement: "home-resume",
      priority: 50,
      purposes: ["personalization"],
      when: {
        "session.isNew": true,
        "profile.firstSeen": { $exists: true },
        "profile.categories.coats.total": { $gte: 1 },
        "profile.orderCount": 0,
      },
      experiment: { key: RULE, variants: ["control", "on"], weights: [0.1, 0.9] },
      action: {
        type: "continueCategory",
        limit: 4,
        title: { en: "Still looking for {category}?" },
        label: { en: "All {category}" },
      },
    });
    await isFit(page);
    await film(page, "2-conditions");
  });

  it("says it in another language, and is told which words are missing there", async () => {
    await press(page, "German 2 missing");
    await see(page, "Missing: Headline, Words of the link.", "#rule-form");
    await fill(page, "Headline", "Noch auf der Suche nach {category}?");
    await see(page, "Missing: Words of the link.", "#rule-form");
    await isFit(page);
    await film(page, "3-languages");
    await fill(page, "Words of the link", "Alle {category}");
    await page.waitForFunction(() => !document.querySelector("#rule-form .notice"));
  });

  it("looks at it in a page of the shop, and chooses the slot there; nothing of that is counted", async () => {
    await press(page, "Choose on the page");
    await fill(page, "A page of your shop", `${stage.demo.shopUrl}/`);
    await press(page, "Show the draft");
    await see(page, "home-resume · back-to-the-coats", "#rule-beside");
    const frame = await shopFrame(page, stage);
    await frame.waitForFunction(() =>
      document
        .querySelector("[data-vitrine-preview='home-resume']")
        ?.textContent?.includes("Still looking for Coats?"),
    );
    assert.ok(!frame.url().includes("vitrine-preview"), "the token leaves the address");
    assert.equal(await frame.$("[data-vitrine-slot]"), null, "the SDK knows none of the previewed slots");
    await pickSlot(frame, "home-hero");
    await see(page, "The rule fills home-hero now.");
    await see(page, "in the slot home-hero", "#rule-words");
    await see(page, "The draft has changed since.", "#rule-beside");
    await press(page, "home-resume · back-to-the-coats", "#rule-beside");
    await see(page, "in the slot home-resume", "#rule-words");
    await isFit(page);
    await film(page, "4-preview");
    await filmFrame(page);
    const [phone] = await page.$$eval(".phone-link svg", (codes) =>
      codes.map((one) => one.getAttribute("aria-label")),
    );
    assert.equal(phone, "QR code of the preview");
    const shown = await allEvents(stage);
    assert.ok(!shown.includes("Content Shown"), "an exposure was told");
  });

  it("opens the same link on a phone that counts its visits, and the draft counts for nothing there", async () => {
    const href = await page.$eval(".preview iframe", (frame) => frame.src);
    const context = await shopper.browser().createBrowserContext();
    const phone = await context.newPage();
    await phone.setViewport({ width: 390, height: 844, hasTouch: true, isMobile: true });
    await visit(phone, stage.demo, "/cart");
    await accept(phone);
    await phone.waitForFunction(async () => (await window.vitrine.ready()).anonymousId);
    await phone.goto(href);
    const slot = "[data-vitrine-preview='home-resume']";
    await phone.waitForFunction(
      (name) => document.querySelector(name)?.textContent?.includes("Coats"),
      {},
      slot,
    );
    if (SHOTS) await phone.screenshot({ path: join(SHOTS, "4-phone-390.png"), fullPage: true });
    await phone.$eval(slot, (element) => element.scrollIntoView({ block: "center", behavior: "instant" }));
    // This observer is the younger one: what the SDK's own had to tell of the slot is told by then.
    await phone.evaluate(
      (name) =>
        new Promise<void>((seen) => {
          new IntersectionObserver(
            ([entry]) => entry!.isIntersecting && requestAnimationFrame(() => seen()),
          ).observe(document.querySelector(name)!);
        }),
      slot,
    );
    await phone.evaluate(() => window.vitrine.track("Preview Seen"));
    await delivered(phone);
    const told = await allEvents(stage);
    assert.ok(told.includes("Preview Seen"), "the phone's own events arrive");
    assert.ok(!told.includes("Content Shown"), "an exposure was told");
    await context.close();
  });

  it("tries it on the visitors of the last month", async () => {
    await press(page, "Try", "#rule-beside");
    await see(page, "people who came", "#rule-beside");
    const row = await page.$$eval(
      "#rule-beside tbody tr",
      (rows, id) => rows.find((one) => one.querySelector(".strong")!.textContent === id)!.textContent,
      RULE,
    );
    const [, people, control] = /(\d+)[\d.]+ %\d+?(\d)$/.exec(row) ?? [];
    assert.ok(Number(people) > 20, row);
    assert.ok(Number(control) > 0, row);
    await isFit(page);
    await film(page, "4-try");
  });

  it("publishes it, and an open page shows it at once, without a reload", async (t) => {
    await moveClock(shopper, HALF_AN_HOUR_AND_A_BIT);
    await visit(shopper, stage.demo, "/");
    // Version 1 is told when the rules' script has come, which may be later.
    await shopper.waitForFunction(() => window.vitrine.decide("home-resume").version === 1);
    await shopper.evaluate((slot) => {
      const told: string[] = [];
      Object.assign(window, { told });
      window.vitrine.on("ruleset", ({ version }) => told.push(`ruleset ${version}`));
      new MutationObserver(() => told.push("filled")).observe(document.querySelector(slot)!, {
        childList: true,
      });
    }, SLOT);
    assert.equal(await shopper.$eval(SLOT, (slot) => slot.textContent), "");

    await press(page, "Publish …");
    await fill(page, "Note for the history", "Back to the coats");
    await film(page, "5-publish");
    const began = performance.now();
    await press(page, "Publish", "dialog");
    await shopper.waitForFunction(
      (slot) => document.querySelector(slot)?.textContent?.includes("Still looking for Coats?"),
      { polling: "mutation" },
      SLOT,
    );
    t.diagnostic(`published to shown on an open page: ${Math.round(performance.now() - began)} ms`);
    const told = await shopper.evaluate(() => (window as unknown as { told: string[] }).told);
    assert.deepEqual(told, ["ruleset 2", "filled"]);
    await see(page, "Version 2 is live");
    await shopper.$eval(SLOT, (slot) => slot.scrollIntoView({ block: "center" }));
    if (SHOTS) await shopper.screenshot({ path: join(SHOTS, "6-open-page-1280.png") });
  });

  it("sees what it changes", async () => {
    await send(stage, [...shown("control", 300, 10), ...shown("on", 2700, 4)]);
    await goTo(page, `rules/${RULE}`);
    await see(page, "visitors since");
    await see(page, "More visitors bought: ");
    await isFit(page);
    await film(page, "7-results");
  });

  it("takes it back, and the next page is the shop's own", async () => {
    await goTo(page, "rules");
    await press(page, "Roll back: Version 1");
    await see(page, "as version 3", "dialog");
    await press(page, "Roll back", "dialog");
    await see(page, "Version 3", "#live-rules");
    await film(page, "8-rolled-back");
    await shopper.waitForFunction(() => window.vitrine.decide("home-resume").version === 3);
    await visit(shopper, stage.demo, "/");
    assert.equal(await shopper.$eval(SLOT, (slot) => slot.textContent), "");
    assert.deepEqual(faults, []);
  });
});

describe("form and JSON", () => {
  let stage: Stage;
  let page: Page;

  before(async () => {
    stage = await setStage();
    page = await (await stage.open()).newPage();
    await page.setViewport({ width: 1280, height: 900 });
    await page.goto(logInUrl(stage.demo));
    await page.waitForSelector(".frame");
    await goTo(page, "rules/home-continue/edit");
  });
  after(() => stage.close());

  it("follow each other; what the form cannot show stays as it is and says so", async () => {
    await editJson(page, (rule) => ({
      ...rule,
      when: { "profile.searches": { $elemMatch: { $regexi: "coat" } }, "session.isNew": true },
    }));
    await see(page, "This condition is written by hand.", "#rule-form");
    await choose(page, "Which", "goesOn");
    const json = await page.$eval("#rules-json", (area) => (area as HTMLTextAreaElement).value);
    assert.deepEqual((JSON.parse(json) as { when: unknown }).when, {
      "profile.searches": { $elemMatch: { $regexi: "coat" } },
      "session.isNew": false,
    });
    await isFit(page);
    await film(page, "9-by-hand");
  });

  it("stop where the JSON cannot be read, and say at which line", async () => {
    const good = await page.$eval("#rules-json", (area) => (area as HTMLTextAreaElement).value);
    await editJson(page, good.replace('"placement":', '"placement"'));
    await see(page, "The JSON cannot be read at line 3.");
    assert.ok(await page.$("fieldset:disabled #rule-form"));
    await editJson(page, good);
    await page.waitForFunction(() => !document.querySelector("fieldset:disabled"));
  });

  it("are used by keyboard alone: a condition is added, filled in and removed", async () => {
    await page.focus("#rule-form .condition-group > .row:last-child button");
    await page.keyboard.press("Enter");
    await page.waitForFunction(
      () => document.activeElement?.getAttribute("aria-label") === "What about the visitor",
    );
    await page.keyboard.type("Items");
    await see(page, "Items in the cart at least 1", "#rule-words");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.type("2");
    await see(page, "Items in the cart at least 2", "#rule-words");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForFunction(
      () => !document.querySelector("#rule-words")?.textContent?.includes("Items in the cart"),
    );
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Add a condition");
  });

  it("ask for hours and days by the clock of a zone", async () => {
    const index = (await page.$$(".condition-fields")).length;
    await press(page, "Add a condition");
    await choose(page, "What about the visitor", "hour", index);
    await choose(page, "By which clock", "Europe/Berlin");
    await choose(page, "From hour", "22");
    await choose(page, "Until hour, not included", "2");
    await see(page, "come between 22:00 and 2:00 in Europe/Berlin", "#rule-words");
    await isFit(page);
    await film(page, "9-hours");
    await choose(page, "What about the visitor", "weekday", index);
    await choose(page, "By which clock", "local");
    await see(page, "come on Sat or Sun by their own clock", "#rule-words");
    for (const day of [6, 7]) await page.click(`.days label:nth-child(${day})`);
    await see(page, "Choose at least one day.", "#rule-form");
    await page.click(".days label:nth-child(5)");
    await see(page, "come on Fri by their own clock", "#rule-words");
    const json = await page.$eval("#rules-json", (area) => (area as HTMLTextAreaElement).value);
    assert.match(json, /"time\.local\.weekday": 5/);
    await isFit(page);
    await film(page, "9-days");
    await page.$$eval("[aria-label='Remove the condition']", (all) => (all.at(-1) as HTMLElement).click());
    await page.waitForFunction(() => !document.querySelector(".days"));
  });

  it("save nothing that is wrong, and tell it at the field", async () => {
    await fill(page, "Slot", "home hero");
    await see(page, "Letters, digits, dots", "#rule-form");
    await see(page, "1 problem", "#rule-beside");
    await page.waitForFunction(() =>
      [...document.querySelectorAll("button")].some(
        (one) => one.textContent === "Save draft" && one.disabled,
      ),
    );
    await isFit(page);
    await fill(page, "Slot", "home-hero");
    await saveDraft(page);
  });

  it("warn of a rule that nobody can measure, and measure it with a tick", async () => {
    await see(page, "nobody can tell what it changes", "#rules-problems");
    await page.evaluate(() =>
      [...document.querySelectorAll("label")]
        .find((label) => label.textContent === "Keep it from a share of the visitors")!
        .click(),
    );
    await see(page, "10 % of them see your shop’s own content", "#rule-words");
    await page.waitForFunction(
      () => !document.querySelector("#rules-problems")?.textContent?.includes("nobody can tell"),
    );
    await film(page, "10-measured");
    await saveDraft(page);
  });

  it("begin with a share of the visitors, which is typed in percent", async () => {
    await page.evaluate(() =>
      [...document.querySelectorAll("label")]
        .find((label) => label.textContent === "Show it to a share of the visitors first")!
        .click(),
    );
    await see(page, "It begins with 10 % of them", "#rule-words");
    await fill(page, "Show it to … % of visitors first", "0");
    await see(page, "Type a number from 0.1 to 100.", "#rule-form");
    await fill(page, "Show it to … % of visitors first", "2.5");
    await see(page, "It begins with 2.5 % of them", "#rule-words");
    await see(page, "10 % of those it begins with see your shop’s own content", "#rule-words");
    const json = await page.$eval("#rules-json", (area) => (area as HTMLTextAreaElement).value);
    assert.equal((JSON.parse(json) as { ramp: unknown }).ramp, 0.025);
    await isFit(page);
    await film(page, "10-ramp");
    await saveDraft(page);
  });

  it("keep apart from other rules, each with its part of the visitors", async () => {
    await page.evaluate(() =>
      [...document.querySelectorAll("label")]
        .find((label) => label.textContent.startsWith("Keep it apart from other rules"))!
        .click(),
    );
    await see(
      page,
      "It is for 50 % of all visitors, who meet no other rule of the group “group-1”",
      "#rule-words",
    );
    await fill(page, "Group", "home");
    await fill(page, "Its part of the visitors, in percent", "30");
    await see(
      page,
      "It is for 30 % of all visitors, who meet no other rule of the group “home”",
      "#rule-words",
    );
    const json = await page.$eval("#rules-json", (area) => (area as HTMLTextAreaElement).value);
    assert.deepEqual((JSON.parse(json) as { exclusive: unknown }).exclusive, {
      group: "home",
      from: 0,
      to: 0.3,
    });
    await isFit(page);
    await film(page, "10-apart");
    await saveDraft(page);
  });

  it("are published by somebody else, where the shop wants two people", async () => {
    const tick = () =>
      page.evaluate(() =>
        [...document.querySelectorAll("label")]
          .find((label) => label.textContent.startsWith("Somebody else must publish"))!
          .click(),
      );
    await goTo(page, "rules");
    await see(page, "Two people for each change");
    await tick();
    await see(page, "From now on two people are needed.");
    await isFit(page);
    await press(page, "Publish …");
    await see(page, "in your shop somebody else must publish it", "dialog");
    assert.ok(await page.$("dialog button[type=submit]:disabled"));
    assert.deepEqual(await violationsOf(page), []);
    await film(page, "11-two-people");
    await page.keyboard.press("Escape");
    const { services } = stage.demo.vitrine;
    const lea = services.keys.create({
      siteId: "default",
      kind: "secret",
      name: "Lea",
      scopes: ["console", "rules"],
    });
    const published = await fetch(`${stage.demo.vitrineUrl}/v1/admin/rules/publish`, {
      method: "POST",
      headers: { Authorization: `Bearer ${lea.text}` },
      body: "{}",
    });
    assert.equal(published.status, 200);
    await see(page, "Published by Lea", "#live-rules");
    await goTo(page, "audit");
    await see(page, "writerName");
  });
});

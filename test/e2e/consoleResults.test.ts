import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Browser } from "puppeteer-core";
import { bucketPlace } from "@vitrine/core";
import { asAdmin } from "../server/support/kiosks.ts";
import { NOW, type Running } from "../server/support/runVitrine.ts";
import { overflowOf, violationsOf } from "../support/axe.ts";
import { launchChromium } from "../support/chromium.ts";
import { goTo, openConsole, press, see } from "../support/consolePage.ts";

let browser: Browser;
before(async () => {
  browser = await launchChromium();
});
after(() => browser.close());

const RULES = {
  rules: [
    {
      id: "coats",
      placement: "home-hero",
      ramp: 0.5,
      experiment: { key: "coats", variants: ["control", "on"], weights: [0.5, 0.5] },
      action: { type: "message", text: { en: "Coats for November" } },
    },
    { id: "plain", placement: "home-note", action: { type: "message", text: { en: "Hello" } } },
  ],
};

/** Visitors who were shown a variant, every `every`-th of whom bought. */
function visits(variant: string, count: number, every: number): object[] {
  return Array.from({ length: count }, (_, i) => {
    const anonymousId = `${variant}-${i}`;
    const event = (name: string, properties: object, at: number) => ({
      type: "track",
      event: name,
      anonymousId,
      messageId: `${anonymousId}-${name}`,
      timestamp: new Date(at).toISOString(),
      properties,
    });
    const shown = { placement: "home-hero", rule: "coats", variant, version: 2 };
    const order = {
      order_id: anonymousId,
      total: 80 + (i % 7) * 10,
      currency: "EUR",
      products: [{ product_id: "c" }],
    };
    return [
      { ...event("Home", {}, NOW - 90_000), type: "page" },
      event("Content Shown", shown, NOW - 60_000),
      ...(i % every ? [] : [event("Order Completed", order, NOW - 30_000)]),
    ];
  }).flat();
}

async function publish(running: Running): Promise<void> {
  await asAdmin(running, "PUT", "/rules/draft", RULES);
  assert.equal((await asAdmin(running, "POST", "/rules/publish", {})).status, 200);
}

async function send(running: Running, events: object[]): Promise<void> {
  for (let at = 0; at < events.length; at += 200) {
    const results = await running.send(events.slice(at, at + 200));
    assert.ok(results.every(({ status }) => status === "accepted"));
  }
}

describe("the results of a rule in the console", () => {
  it("say in a sentence what it changed, how sure that is, and of what nothing can be said", async (t) => {
    const { running, page } = await openConsole(t, browser);
    await publish(running);
    await send(running, [...visits("control", 1000, 20), ...visits("on", 1000, 8)]);

    await goTo(page, "rules");
    await page.waitForSelector("a[href='#/rules/coats']");
    await see(page, "first to 50 % of the visitors");
    await goTo(page, "rules/coats");
    await see(page, "2,000 visitors since");
    await see(page, "It is shown to 50 % of the visitors first");
    await see(page, "More visitors bought: +150 %, between +");
    await see(page, "Not enough data yet.", "[aria-label='Buyers who sent something back for its size']");
    const [plot] = await page.$$eval("svg.intervals", (plots) =>
      plots.map((one) => one.getAttribute("aria-label")),
    );
    assert.match(plot!, /^Visitors who bought: on between \+\d/);
    assert.deepEqual(await violationsOf(page), []);
    await page.setViewport({ width: 390, height: 844 });
    assert.equal(await overflowOf(page), 0);
    await page.setViewport({ width: 1280, height: 900 });

    await goTo(page, "rules/plain");
    await see(page, "This rule has no holdout");
    assert.deepEqual(await violationsOf(page), []);
  });

  it("say what a survey came to, and how", async (t) => {
    const { running, page } = await openConsole(t, browser);
    const survey = {
      id: "ease",
      placement: "home-note",
      purposes: ["personalization", "analytics"],
      action: {
        type: "survey",
        survey: "again",
        kind: "nps",
        title: { en: "Would you recommend us?" },
        low: { en: "No" },
        high: { en: "Yes" },
      },
    };
    await asAdmin(running, "PUT", "/rules/draft", { rules: [survey] });
    assert.equal((await asAdmin(running, "POST", "/rules/publish", {})).status, 200);
    await goTo(page, "rules/ease");
    await see(page, "Nobody has answered yet.");
    const answer = (score: number, i: number) => ({
      type: "track",
      event: "Survey Answered",
      anonymousId: `answers-${i}`,
      messageId: `answers-${i}`,
      timestamp: new Date(NOW - 60_000).toISOString(),
      properties: { survey_id: "again", score },
      context: { consent: ["analytics"] },
    });
    await send(running, [10, 9, 9, 8, 3].map(answer));
    await goTo(page, "rules");
    running.clock.now += 61_000; // the results are counted once a minute
    await goTo(page, "rules/ease");
    await see(page, "40, from −100 to 100", "[aria-label='Net Promoter Score']");
    await see(page, "5 people answered");
    const rows = await page.$$eval("[aria-label='Net Promoter Score'] tbody tr", (all) =>
      all.map((row) => [...row.children].map((cell) => cell.textContent).join(" ")),
    );
    assert.deepEqual([rows.length, rows[3], rows[9]], [11, "3 1 20 %", "9 2 40 %"]);
    assert.deepEqual(await violationsOf(page), []);
    await page.setViewport({ width: 390, height: 844 });
    assert.equal(await overflowOf(page), 0);
  });

  it("warn where visitors do not fall to the variants as the rule says", async (t) => {
    const { running, page } = await openConsole(t, browser);
    await publish(running);
    await send(running, [...visits("control", 300, 20), ...visits("on", 100, 20)]);
    await goTo(page, "rules/coats");
    await see(page, "control 75 % instead of 50 %, on 25 % instead of 50 %");
  });
});

describe("a draft in the console", () => {
  it("is tried on the visitors of the last month before anybody sees it", async (t) => {
    const { running, page } = await openConsole(t, browser);
    await send(running, visits("control", 30, 3));
    // Rows of the last seconds reach the table of people when they are saved.
    running.vitrine.services.collector.rows.checkpoint(Infinity);
    await asAdmin(running, "PUT", "/rules/draft", RULES);
    await goTo(page, "rules");
    await press(page, "Try", "#draft-rules");
    await see(page, "for the 30 people who came", "#draft-rules");
    await see(page, "plain“A note from the shop.”30100 %", "#draft-rules");
    const outside = Array.from({ length: 30 }, (_, i) => bucketPlace("coats:ramp", `control-${i}`));
    const count = outside.filter((place) => place >= 0.5).length;
    await see(page, `Outside its share of the visitors: ${count}`, "#draft-rules");
    assert.deepEqual(await violationsOf(page), []);
  });
});

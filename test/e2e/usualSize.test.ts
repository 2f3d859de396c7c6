import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Page } from "puppeteer-core";
import { unitsInStock } from "../../examples/shop/index.ts";
import { accept, buy, chooseSize, setStage, visit, type Stage } from "../support/shopper.ts";

/** Skirts and blouses of the catalogue in the INT system; M of B1 is sold out. */
const [FIRST, SECOND, THIRD, SOLD_OUT, OTHER_GROUP, SHOE] = ["B3", "B4", "B6", "B1", "C1", "S1"] as const;

/** The note beside the size control, and what is chosen there. */
const control = (page: Page) =>
  page.evaluate(() => {
    const root = document.querySelector("[data-vitrine-prefill='size']")!;
    const select = root instanceof HTMLSelectElement ? root : root.querySelector("select");
    const chosen = select?.value ?? root.querySelector<HTMLInputElement>("input:checked")?.value ?? "";
    return { chosen, note: document.querySelector(".vitrine-note")?.textContent ?? "" };
  });

/** Waits for prefill to have had its say: the note, or a decision that there is none. */
async function noted(page: Page): Promise<{ chosen: string; note: string }> {
  await page.waitForSelector(".vitrine-note");
  return control(page);
}

/** Opens a product page and waits until the size placement was decided once more, and acted on. */
async function decided(page: Page, stage: Stage, model: string): Promise<{ chosen: string; note: string }> {
  await visit(page, stage.demo, `/p/${model}`);
  await page.evaluate(
    () =>
      new Promise((done) => {
        window.vitrine.on("decision", ({ placement }) => {
          // Prefill acts in the same turn; two frames later it is on the page.
          if (placement === "size") requestAnimationFrame(() => requestAnimationFrame(done));
        });
        void window.vitrine.track("Size Guide Opened");
      }),
  );
  return control(page);
}

describe("the usual size", () => {
  let stage: Stage;
  let page: Page;

  before(async () => {
    assert.deepEqual(
      [FIRST, SECOND, THIRD, OTHER_GROUP].map((model) => unitsInStock(model, "M") > 0),
      [true, true, true, true],
    );
    assert.equal(unitsInStock(SOLD_OUT, "M"), 0);
    stage = await setStage();
    page = await (await stage.open()).newPage();
    await visit(page, stage.demo, "/");
    await accept(page);
  });
  after(() => stage.close());

  it("only suggests after one purchase", async () => {
    await buy(page, stage.demo, FIRST, "M");
    await visit(page, stage.demo, `/p/${SECOND}`);
    const { chosen, note } = await noted(page);
    assert.equal(chosen, "");
    assert.match(note, /usually take M/);
  });

  it("is chosen after two purchases, visibly, with the reason and a way to change it", async () => {
    await buy(page, stage.demo, SECOND, "M");
    await visit(page, stage.demo, `/p/${THIRD}`);
    const { chosen, note } = await noted(page);
    assert.equal(chosen, "M");
    assert.match(note, /Because you chose M before/);
    assert.match(note, /Change/);
  });

  it("gives the shop's own state back on change", async () => {
    await page.click(".vitrine-note button");
    assert.deepEqual(await control(page), { chosen: "", note: "" });
  });

  it("leaves the shopper's own choice alone", async () => {
    await visit(page, stage.demo, `/p/${THIRD}`);
    await noted(page);
    await chooseSize(page, "S");
    await page.evaluate(() => window.vitrine.track("Product Shared", { product_id: "B6" }));
    await page.waitForFunction(() => !document.querySelector(".vitrine-note"));
    assert.equal((await control(page)).chosen, "S");
  });

  it("does not choose what is sold out", async () => {
    assert.equal((await decided(page, stage, SOLD_OUT)).chosen, "");
  });

  it("stays in its garment group and size system: blouses and shoes are untouched by skirts", async () => {
    assert.deepEqual(await decided(page, stage, OTHER_GROUP), { chosen: "", note: "" });
    assert.deepEqual(await decided(page, stage, SHOE), { chosen: "", note: "" });
  });
});

describe("a size that is filtered for", () => {
  it("is remembered as weaker evidence: it suggests, and never chooses", async () => {
    const stage = await setStage();
    try {
      const page = await (await stage.open()).newPage();
      await visit(page, stage.demo, "/");
      await accept(page);
      for (let times = 0; times < 3; times++) await visit(page, stage.demo, "/c/skirts?size=M");
      await visit(page, stage.demo, `/p/${THIRD}`);
      const { chosen, note } = await noted(page);
      assert.equal(chosen, "");
      assert.match(note, /usually take M/);
    } finally {
      await stage.close();
    }
  });
});

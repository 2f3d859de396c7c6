import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Page } from "puppeteer-core";
import { logIn, type Merchant } from "../support/merchant.ts";
import { accept, delivered, setStage, visit, submit, type Stage } from "../support/shopper.ts";

interface Customer {
  identities: { namespace: string; id: string }[];
  joins: { id: number | string }[];
  fold: unknown;
}

const signIn = async (page: Page, stage: Stage, name: string) => {
  await visit(page, stage.demo, "/account");
  await page.type("form[action='/account/sign-in'] input:not([type=hidden])", name);
  await submit(page, "form[action='/account/sign-in'] button");
};

const device = (page: Page) => page.evaluate(async () => (await window.vitrine.ready()).anonymousId!);

describe("who is who", () => {
  let stage: Stage;
  let merchant: Merchant;
  let page: Page;

  before(async () => {
    stage = await setStage();
    merchant = await logIn(stage.demo);
    page = await (await stage.open()).newPage();
    await visit(page, stage.demo, "/");
    await accept(page);
    await visit(page, stage.demo, "/p/B4");
    await delivered(page);
  });
  after(() => stage.close());

  const customer = (namespace: string, id: string) =>
    merchant.call<Customer>("GET", `/customers/${namespace}/${encodeURIComponent(id)}`);

  it("joins nothing for a claim without proof", async () => {
    const id = await device(page);
    await page.evaluate(() =>
      window.vitrine.identify("grace", { city: "New York" }).then(() => window.vitrine.flush()),
    );
    assert.deepEqual((await customer("anonymous", id)).joins, []);
  });

  it("joins the device to the shopper whom the shop's server vouches for", async () => {
    const id = await device(page);
    await signIn(page, stage, "ada");
    await page.waitForFunction(() => sessionStorage.getItem("shop-identified") !== null);
    await delivered(page);
    const { joins, identities } = await customer("anonymous", id);
    assert.equal(joins.length, 1);
    assert.ok(identities.some(({ namespace, id: name }) => namespace === "user" && name === "ada"));
  });

  it("makes a second person on the device another device, so that the two never meet", async () => {
    const first = await device(page);
    await page.evaluate(() => sessionStorage.removeItem("shop-identified"));
    await page.evaluate(async () => {
      const proof = async (deviceId: string) => {
        const response = await fetch("/account/proof", {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify({ deviceId }),
        });
        return ((await response.json()) as { proof: string }).proof;
      };
      // The shop's own session is another shopper's now.
      await fetch("/account/sign-out", { method: "POST" });
      const body = new URLSearchParams({ user: "grace", name: "grace", id: "grace" });
      await fetch("/account/sign-in", { method: "POST", body });
      await window.vitrine.identify("grace", {}, { proof });
      await window.vitrine.flush();
    });
    const second = await device(page);
    assert.notEqual(second, first);
    const ada = await customer("user", "ada");
    assert.ok(!ada.identities.some(({ namespace, id }) => namespace === "user" && id === "grace"));
    const grace = await customer("user", "grace");
    assert.ok(grace.identities.some(({ id }) => id === second));
    assert.ok(!grace.identities.some(({ id }) => id === first));
  });
});

describe("a device whose storage was emptied", () => {
  it("comes back as itself by the first-party cookie", async () => {
    const stage = await setStage({ sameOrigin: true, attributes: { "data-cookie": "" } });
    try {
      const browser = await stage.open();
      const page = await browser.newPage();
      await visit(page, stage.demo, "/");
      await accept(page);
      await visit(page, stage.demo, "/p/B4");
      await delivered(page);
      const before = await device(page);
      const client = await page.createCDPSession();
      await page.goto("about:blank");
      await client.send("Storage.clearDataForOrigin", {
        origin: stage.demo.shopUrl,
        storageTypes: "indexeddb,local_storage,cache_storage,service_workers",
      });
      await visit(page, stage.demo, "/");
      await accept(page);
      await page.waitForFunction(
        (id) => window.vitrine.ready().then((ready) => ready.anonymousId === id),
        {},
        before,
      );
      assert.equal(await device(page), before);
    } finally {
      await stage.close();
    }
  });
});

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { catalogue, sizesOf, unitsInStock } from "../../examples/shop/index.ts";
import {
  ADDRESS,
  createShopper,
  eventsOf,
  namesOf,
  sizeInStock,
  startShop,
  type RunningShop,
} from "./shopSupport.ts";

let shop: RunningShop;
before(async () => {
  shop = await startShop();
});
after(() => shop.close());

describe("a purchase without scripts", () => {
  it("goes from product to confirmation, reports each step once, and the confirmation on every load", async () => {
    const shopper = createShopper(shop.origin);
    const size = sizeInStock("A2");
    const product = await shopper.get("/p/A2");
    assert.deepEqual(namesOf(product), ["view_item", "view_item_list"]);

    const bag = await shopper.post("/cart/add", { model: "A2", size });
    assert.equal(bag.path, "/cart");
    assert.deepEqual(namesOf(bag), ["add_to_cart", "view_cart"]);
    const [added] = eventsOf(bag);
    assert.equal(added?.ecommerce.items[0]?.["size"], size);
    assert.equal(added?.ecommerce["value"], 43);
    assert.deepEqual(namesOf(await shopper.get("/cart")), ["view_cart"]);

    assert.deepEqual(namesOf(await shopper.get("/checkout")), ["begin_checkout"]);
    const order = await shopper.post("/checkout", ADDRESS);
    assert.match(order.path, /^\/order\/HR-[0-9A-F]{18}$/);
    assert.match(order.text, /Thank you, Ada Lovelace/);
    const [purchase] = eventsOf(order);
    assert.equal(purchase?.event, "purchase");
    assert.equal(purchase?.ecommerce["transaction_id"], order.path.slice("/order/".length));
    assert.equal(purchase?.ecommerce["value"], 49);
    assert.equal(purchase?.ecommerce["shipping"], 6);

    const again = await shopper.get(order.path);
    assert.deepEqual(eventsOf(again), eventsOf(order));
    assert.match((await shopper.get("/cart")).text, /Nothing in it yet/);
  });

  it("changes quantities by their difference and takes lines out", async () => {
    const shopper = createShopper(shop.origin);
    const size = sizeInStock("B4");
    await shopper.post("/cart/add", { model: "B4", size });
    const [more] = eventsOf(await shopper.post("/cart/update", { model: "B4", size, quantity: "3" }));
    assert.deepEqual([more?.event, more?.ecommerce.items[0]?.["quantity"]], ["add_to_cart", 2]);
    const [less] = eventsOf(await shopper.post("/cart/update", { model: "B4", size, quantity: "0" }));
    assert.deepEqual([less?.event, less?.ecommerce.items[0]?.["quantity"]], ["remove_from_cart", 3]);
  });

  it("shows an incomplete form again, with what was typed and what is missing", async () => {
    const shopper = createShopper(shop.origin);
    await shopper.post("/cart/add", { model: "B4", size: sizeInStock("B4") });
    const page = await shopper.post("/checkout", { ...ADDRESS, email: "ada", city: "" });
    assert.equal(page.status, 422);
    assert.match(page.text, /value="Ada Lovelace"/);
    assert.match(page.text, /id="email-error"/);
    assert.match(page.text, /id="city-error"/);
    assert.doesNotMatch(page.text, /id="zip-error"/);
    assert.deepEqual(namesOf(page), []);
  });

  it("sends back who has not chosen a size, or one that is sold out", async () => {
    const shopper = createShopper(shop.origin);
    const gone = catalogue
      .flatMap((product) => sizesOf(product).map((size) => ({ model: product.model, size })))
      .find(({ model, size }) => unitsInStock(model, size) === 0);
    assert.ok(gone);
    for (const size of ["", "huge", gone.size]) {
      const page = await shopper.post("/cart/add", { model: gone.model, size });
      assert.equal(page.path, `/p/${gone.model}?missing=size`);
      assert.match(page.text, /role="alert"/);
    }
    assert.match(
      (await shopper.get(`/p/${gone.model}`)).text,
      new RegExp(`value="${gone.size}"[^>]*disabled`),
    );
  });

  it("takes the choice of a shoe from the radio buttons that stand in for the script's buttons", async () => {
    const shopper = createShopper(shop.origin);
    const size = sizeInStock("S1");
    const { text } = await shopper.get("/p/S1");
    assert.match(text, new RegExp(`<noscript[^]*type="radio"[^>]*value="${size}"[^]*</noscript`));
    const body = new URLSearchParams([
      ["model", "S1"],
      ["size", ""],
      ["size", size],
    ]);
    const response = await fetch(`${shop.origin}/cart/add`, { method: "POST", body, redirect: "manual" });
    assert.match(response.headers.getSetCookie().join(), new RegExp(`shop_bag=S1\\.${size}\\.1`));
  });

  it("saves, reports it once, and forgets again", async () => {
    const shopper = createShopper(shop.origin);
    const saved = await shopper.post("/saved", { model: "C2", back: "/c/blouses?page=2" });
    assert.equal(saved.path, "/c/blouses?page=2");
    const list = await shopper.get("/saved");
    assert.match(list.text, /aria-pressed="true"/);
    await shopper.post("/saved", { model: "C2", back: "/saved" });
    assert.match((await shopper.get("/saved")).text, /Nothing saved yet/);
    const escaped = await shopper.post("/saved", { model: "C2", back: "//evil.example" });
    assert.equal(escaped.path, "/saved");
  });
});

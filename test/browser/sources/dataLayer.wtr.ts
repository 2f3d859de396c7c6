import { expect } from "@esm-bundle/chai";
import { watchDataLayer } from "../../../packages/browser/src/sources/dataLayer.ts";
import type { SourceEvent } from "../../../packages/browser/src/sources/sourceEvent.ts";

const VIEW = { event: "view_item", ecommerce: { currency: "EUR", items: [{ item_id: "S1" }] } };

describe("watching a data layer", () => {
  let page: { dataLayer?: unknown };
  let heard: SourceEvent[];
  let attach: () => void;

  const watch = (): unknown[] => {
    let count = 0;
    attach = watchDataLayer({
      window: page as unknown as Window,
      name: "dataLayer",
      onEvent: (event) => heard.push(event),
      newId: () => String(count++),
    });
    return page.dataLayer as unknown[];
  };
  const names = () => heard.map(({ name }) => name);

  beforeEach(() => {
    page = {};
    heard = [];
  });

  it("reads what was pushed before, then what is pushed later", () => {
    page.dataLayer = [VIEW];
    const live = watch();
    expect(names()).to.deep.equal(["Product Viewed"]);
    expect(live.push({ event: "view_cart", ecommerce: { items: [] } })).to.equal(2);
    expect(names()).to.deep.equal(["Product Viewed", "Cart Viewed"]);
    expect(heard[0]!.context.source).to.equal("dataLayer");
  });

  it("makes the array where there is none yet, as tag managers do", () => {
    watch().push(VIEW);
    expect(names()).to.deep.equal(["Product Viewed"]);
  });

  it("hears gtag, which pushes its arguments", () => {
    const live = watch();
    const gtag = function () {
      // eslint-disable-next-line prefer-rest-params
      live.push(arguments);
    } as (...parameters: unknown[]) => void;
    gtag("js", new Date(0));
    gtag("config", "G-1");
    gtag("event", "add_to_cart", { currency: "EUR", items: [{ item_id: "S1", quantity: 2 }] });
    gtag("event", "view_cart");
    gtag("consent", "update", { ad_storage: "granted" });
    expect(names()).to.deep.equal(["Product Added", "Cart Viewed"]);
    expect(heard[0]!.properties).to.deep.include({ product_id: "S1", quantity: 2, currency: "EUR" });
  });

  it("takes the same object pushed twice for two events, and a clearing for none", () => {
    const live = watch();
    live.push({ ecommerce: null });
    live.push(VIEW, VIEW);
    expect(names()).to.deep.equal(["Product Viewed", "Product Viewed"]);
  });

  it("gives an ecommerce object pushed by itself to the next event that has none, unless it was cleared", () => {
    const live = watch();
    live.push(
      { ecommerce: VIEW.ecommerce },
      { event: "gtm.dom" },
      { event: "view_item" },
      { event: "view_cart" },
    );
    live.push({ ecommerce: VIEW.ecommerce }, { ecommerce: null }, { event: "view_cart" });
    expect(heard.map(({ properties }) => properties["product_id"] ?? properties["products"])).to.deep.equal([
      "S1",
      undefined,
      undefined,
    ]);
  });

  it("keeps parameters beside ecommerce; not the tag manager's own words, functions, circles or contact details", () => {
    const circle: Record<string, unknown> = {};
    circle["self"] = circle;
    watch().push({
      ...VIEW,
      currency: "USD",
      page_type: "product",
      circle,
      eventCallback() {},
      "gtm.uniqueEventId": 4,
      user_data: { email: "ada@example.com" },
    });
    expect(heard[0]!.properties).to.deep.equal({
      product_id: "S1",
      currency: "EUR",
      "dataLayer.currency": "USD",
      page_type: "product",
    });
  });

  it("keeps a copy: what the page changes later is not changed in the event", () => {
    const push = structuredClone(VIEW);
    watch().push(push);
    push.ecommerce.items[0]!.item_id = "changed";
    expect(heard[0]!.properties["product_id"]).to.equal("S1");
  });

  it("works with a wrapper around it and one inside it, and each push is heard once", () => {
    const pushed: unknown[] = [];
    const before: unknown[] = [];
    const own = before.push.bind(before);
    before.push = (...entries) => {
      pushed.push(...entries);
      return own(...entries);
    };
    page.dataLayer = before;
    const live = watch();
    const ours = live.push;
    // A tag manager that comes later.
    live.push = function (...entries) {
      pushed.push("manager");
      return ours.apply(live, entries);
    };
    expect(live.push(VIEW)).to.equal(1);
    expect(pushed).to.deep.equal(["manager", VIEW]);
    expect(names()).to.deep.equal(["Product Viewed"]);
  });

  it("finds an array that the page put in its place, and reads no entry twice", () => {
    page.dataLayer = [VIEW];
    watch();
    page.dataLayer = [...(page.dataLayer as unknown[]), { event: "view_cart" }];
    attach();
    (page.dataLayer as unknown[]).push({ event: "begin_checkout" });
    attach();
    expect(names()).to.deep.equal(["Product Viewed", "Cart Viewed", "Checkout Started"]);
  });

  it("never lets the page's push fail, whatever is pushed", () => {
    const live = watch();
    const trap = new Proxy({}, { ownKeys: () => { throw new Error("trap"); } }); // prettier-ignore
    for (const entry of [undefined, null, 5, "event", [], ["event"], ["event", 5], trap]) live.push(entry);
    expect(live.length).to.equal(8);
    expect(names()).to.deep.equal([]);
  });

  it("leaves something that is no array alone", () => {
    page.dataLayer = { push: () => 1 };
    expect(() => watch()).not.to.throw();
    expect((page.dataLayer as { push: () => number }).push()).to.equal(1);
  });
});

import { expect } from "@esm-bundle/chai";
import {
  createSources,
  type Sources,
  type SourcesOptions,
} from "../../../packages/browser/src/sources/createSources.ts";
import { readJsonLd } from "../../../packages/browser/src/sources/jsonLd.ts";
import type { ProductFacts, SourceEvent } from "../../../packages/browser/src/sources/sourceEvent.ts";
import { toGa4 } from "./toGa4.ts";
import { microtasks, nextFrame, openFrame, type FramePage } from "../support/frames.ts";

const jsonLd = (product: object) =>
  `<script type="application/ld+json">${JSON.stringify({ "@type": "Product", ...product })}</script>`;
const COAT = { sku: "C1", name: "Coat", image: "/coat.svg", url: "/p/C1", category: "Coats" };
const VIEW = { event: "view_item", ecommerce: { items: [{ item_id: "C1", item_name: "Coat", price: 90 }] } };

const settled = async () => {
  await nextFrame();
  await microtasks();
};

describe("the sources of a page", () => {
  let page: FramePage;
  let sources: Sources;
  let heard: SourceEvent[];
  let products: (ProductFacts | undefined)[];

  const start = (options: Partial<SourcesOptions> = {}) => {
    let count = 0;
    sources = createSources({
      window: page.window,
      capture: (event) => heard.push(event),
      newId: () => String(count++),
      onProduct: (facts) => products.push(facts),
      settleMs: 0,
      ...options,
    });
    if (!options.isReaderDue) sources.resume(readJsonLd);
  };
  const push = (...entries: unknown[]) => {
    (page.window as unknown as { dataLayer: unknown[] }).dataLayer.push(...entries);
  };
  const go = (url: string, body: string) => {
    page.window.history.pushState(null, "", url);
    page.document.body.innerHTML = body;
  };
  const views = () =>
    heard
      .filter(({ name }) => name === "Product Viewed")
      .map(({ properties, context }) => [properties["product_id"], context.source]);

  beforeEach(() => {
    heard = [];
    products = [];
  });
  afterEach(() => {
    page.remove();
  });

  it("report the article of JSON-LD when nobody else does, and say so", async () => {
    page = await openFrame(jsonLd(COAT));
    start();
    await settled();
    expect(views()).to.deep.equal([["C1", "jsonld"]]);
    const { properties } = heard.find(({ name }) => name)!;
    expect(properties).to.include({
      name: "Coat",
      category: "Coats",
      image_url: `${location.origin}/coat.svg`,
    });
    expect(heard.filter(({ type }) => type === "page").length).to.equal(1);
  });

  it("do not report it again after an explicit call", async () => {
    page = await openFrame(jsonLd(COAT));
    start();
    sources.note("track", "Product Viewed", { product_id: "C1" });
    await settled();
    expect(views()).to.deep.equal([]);
  });

  it("do not report it again after the data layer, whose view they complete and say from where", async () => {
    page = await openFrame(jsonLd(COAT));
    start();
    push(VIEW);
    await settled();
    expect(views()).to.deep.equal([["C1", "dataLayer"]]);
    const { properties, context } = heard.find(({ name }) => name)!;
    expect(properties).to.include({ price: 90, url: `${location.origin}/p/C1`, category: "Coats" });
    expect(context.enriched).to.deep.equal({ jsonld: ["category", "image_url", "url"] });
    expect(toGa4(heard.filter(({ name }) => name))).to.deep.equal({
      event: "view_item",
      params: VIEW.ecommerce,
    });
  });

  it("report it when the call was about another article", async () => {
    page = await openFrame(jsonLd(COAT));
    start();
    sources.note("track", "Product Viewed", { product_id: "X9", name: "Scarf" });
    await settled();
    expect(views()).to.deep.equal([["C1", "jsonld"]]);
  });

  it("keep a product view until the page is parsed, so that it can be completed", async () => {
    page = await openFrame();
    page.document.open();
    page.document.write("<!doctype html><head>");
    start();
    push(VIEW);
    expect(views()).to.deep.equal([]);
    page.document.write(`</head><body>${jsonLd(COAT)}</body>`);
    page.document.close();
    await settled();
    expect(views()).to.deep.equal([["C1", "dataLayer"]]);
    expect(heard.find(({ name }) => name)!.context.enriched).to.deep.equal({
      jsonld: ["category", "image_url", "url"],
    });
  });

  it("tell what waits when the page goes before it is parsed", async () => {
    page = await openFrame();
    page.document.open();
    page.document.write("<!doctype html><head>");
    start();
    push(VIEW);
    page.window.dispatchEvent(new PageTransitionEvent("pagehide"));
    expect(views()).to.deep.equal([["C1", "dataLayer"]]);
    page.document.close();
  });

  for (const [what, reader, enriched, source] of [
    ["comes", readJsonLd, { jsonld: ["category", "image_url", "url"] }, "jsonld"],
    ["does not come", undefined, undefined, undefined],
  ] as const) {
    it(`keep what the reader of JSON-LD may complete until it ${what}`, async () => {
      page = await openFrame(jsonLd(COAT));
      let isDue = true;
      start({ isReaderDue: () => isDue });
      push(VIEW, { event: "add_to_cart", ecommerce: { items: [{ item_id: "C1", item_name: "Coat" }] } });
      push({ event: "purchase", ecommerce: { transaction_id: "T1", items: [] } });
      await settled();
      expect(heard.map(({ name }) => name)).to.include("Order Completed");
      expect(views()).to.deep.equal([]);
      isDue = false;
      sources.resume(reader);
      expect(views()).to.deep.equal([["C1", "dataLayer"]]);
      for (const name of ["Product Viewed", "Product Added"])
        expect(heard.find((event) => event.name === name)!.context.enriched).to.deep.equal(enriched);
    });

    it(`keep their order until it ${what}: an addition is told before the cart that has it`, async () => {
      page = await openFrame(jsonLd(COAT));
      let isDue = true;
      start({ isReaderDue: () => isDue });
      const items = [{ item_id: "C1", item_name: "Coat", quantity: 1 }];
      push({ event: "add_to_cart", ecommerce: { items } }, { event: "view_cart", ecommerce: { items } });
      await settled();
      isDue = false;
      sources.resume(reader);
      const carts = heard.map(({ name }) => name).filter((name) => /Added|Cart/.test(name ?? ""));
      expect(carts).to.deep.equal(["Product Added", "Cart Viewed"]);
    });

    it(`report an article that JSON-LD alone describes once its reader ${what}`, async () => {
      page = await openFrame(jsonLd(COAT));
      let isDue = true;
      start({ isReaderDue: () => isDue });
      await settled();
      expect(views()).to.deep.equal([]);
      isDue = false;
      sources.resume(reader);
      expect(views()).to.deep.equal(source ? [["C1", source]] : []);
    });
  }

  it("tell what waits when the page goes before the reader of JSON-LD came", async () => {
    page = await openFrame(jsonLd(COAT));
    start({ isReaderDue: () => true });
    push(VIEW);
    await settled();
    page.window.dispatchEvent(new PageTransitionEvent("pagehide"));
    expect(views()).to.deep.equal([["C1", "dataLayer"]]);
  });

  it("complete what goes into a cart, but nothing that tells its lines apart", async () => {
    page = await openFrame(jsonLd({ ...COAT, color: "blue", size: "M" }));
    start();
    push({ event: "add_to_cart", ecommerce: { items: [{ item_id: "C1", quantity: 1 }] } });
    const added = heard.find(({ name }) => name === "Product Added")!;
    expect(added.properties).to.include({ name: "Coat", image_url: `${location.origin}/coat.svg` });
    for (const name of ["sku", "size", "variant"]) expect(added.properties).not.to.have.property(name);
  });

  it("see the articles of a single-page app, one view after the other", async () => {
    page = await openFrame(jsonLd(COAT));
    start();
    await settled();
    go("/p/H1", jsonLd({ sku: "H1", name: "Hat", url: "/p/H1" }));
    await settled();
    go("/", "");
    await settled();
    expect(views()).to.deep.equal([
      ["C1", "jsonld"],
      ["H1", "jsonld"],
    ]);
    expect(products.map((facts) => facts?.properties["product_id"])).to.deep.equal(["C1", "H1", undefined]);
    expect(heard.filter(({ type }) => type === "page").length).to.equal(3);
  });

  it("do not take JSON-LD that an app left from the view before for the new one's", async () => {
    page = await openFrame(jsonLd(COAT));
    start();
    await settled();
    page.window.history.pushState(null, "", "/about");
    await settled();
    expect(views()).to.deep.equal([["C1", "jsonld"]]);
    expect(sources.product()).to.equal(undefined);
  });

  it("report the article of a view that the shopper left at once", async () => {
    page = await openFrame();
    start({ settleMs: 1e6 });
    await settled();
    go("/p/H1", jsonLd({ sku: "H1", name: "Hat", url: "/p/H1" }));
    await nextFrame();
    go("/", "");
    expect(views()).to.deep.equal([["H1", "jsonld"]]);
  });

  it("report it again when the page comes back from the back/forward cache", async () => {
    page = await openFrame(jsonLd(COAT));
    start();
    await settled();
    page.window.dispatchEvent(new PageTransitionEvent("pagehide"));
    page.window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
    await settled();
    expect(views()).to.deep.equal([
      ["C1", "jsonld"],
      ["C1", "jsonld"],
    ]);
  });

  it("find the page's article among several by its address, and none where that is not clear", async () => {
    const hat = { sku: "H1", name: "Hat", url: "/p/H1" };
    page = await openFrame(jsonLd(COAT) + jsonLd(hat));
    start();
    await settled();
    expect(views()).to.deep.equal([]);
    go("/p/H1", jsonLd(COAT) + jsonLd(hat));
    await settled();
    expect(views()).to.deep.equal([["H1", "jsonld"]]);
  });

  it("know the article with what the data layer says of it: its words win", async () => {
    page = await openFrame(jsonLd({ ...COAT, offers: { "@type": "Offer", price: 120 } }));
    start();
    push(VIEW);
    expect(sources.product()!.properties).to.include({ product_id: "C1", price: 90, category: "Coats" });
  });

  it("leave page views and data layer to shops that want to tell themselves", async () => {
    page = await openFrame();
    start({ pageViews: false, dataLayer: false });
    await settled();
    expect(heard).to.deep.equal([]);
    expect("dataLayer" in page.window).to.equal(false);
  });

  it("wait for the activation of a prerendered page", async () => {
    page = await openFrame(jsonLd(COAT));
    Object.defineProperty(page.document, "prerendering", { value: true, configurable: true });
    start();
    await settled();
    expect(heard).to.deep.equal([]);
    Object.defineProperty(page.document, "prerendering", { value: false });
    page.document.dispatchEvent(new Event("prerenderingchange"));
    await settled();
    expect(views()).to.deep.equal([["C1", "jsonld"]]);
    expect(heard.filter(({ type }) => type === "page").length).to.equal(1);
  });
});

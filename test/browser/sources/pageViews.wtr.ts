import { expect } from "@esm-bundle/chai";
import type { JsonObject } from "../../../packages/core/src/index.ts";
import {
  watchPageViews,
  type PageViewsOptions,
  type ViewStart,
} from "../../../packages/browser/src/sources/pageViews.ts";
import { describeWith } from "../support/capabilities.ts";
import { nextFrame, openFrame, type FramePage } from "../support/frames.ts";

/** The window as an older browser shows it: without Navigation API. */
function withoutNavigation(window: Window & typeof globalThis): Window & typeof globalThis {
  return new Proxy(window, {
    get(target, name) {
      if (name === "navigation") return undefined;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" && !/^[A-Z]/.test(String(name)) ? value.bind(target) : value;
    },
  });
}

type Adapt = (window: Window & typeof globalThis) => Window & typeof globalThis;

const watching = (adapt: Adapt) => () => {
  let page: FramePage;
  let skip: () => void;
  let seen: JsonObject[];
  let starts: ViewStart[];
  let before: string;

  const watch = async (options: Partial<PageViewsOptions> = {}) => {
    skip = watchPageViews({
      window: adapt(page.window),
      onStart: (how) => starts.push(how),
      onView: (view) => seen.push(view),
      ...options,
    });
    await nextFrame();
  };
  const paths = () => seen.map(({ path, search }) => String(path).replace(before, "page") + String(search));
  const push = (url: string) => page.window.history.pushState(null, "", url);

  beforeEach(async () => {
    seen = [];
    starts = [];
    page = await openFrame();
    before = page.window.location.pathname;
  });
  afterEach(() => {
    page.remove();
  });

  it("tells of the first view, with title, address and referrer", async () => {
    await watch();
    const { href } = page.window.location;
    expect(seen).to.deep.equal([
      { url: href, path: before, search: "", title: "Shop", referrer: page.document.referrer },
    ]);
    expect(starts).to.deep.equal(["load"]);
  });

  it("tells of a pushed address once the page had a frame to set its title", async () => {
    await watch();
    push("/p/1?colour=red");
    expect(starts).to.deep.equal(["load", "navigate"]);
    expect(seen.length).to.equal(1);
    page.document.title = "Skirt";
    await nextFrame();
    expect(paths()).to.deep.equal(["page", "/p/1?colour=red"]);
    expect(seen[1]!["title"]).to.equal("Skirt");
    expect(seen[1]!["referrer"]).to.equal(page.document.referrer);
  });

  it("tells of a step back", async () => {
    await watch();
    push("/p/1");
    await nextFrame();
    const arrived = new Promise((resolve) =>
      page.window.addEventListener("popstate", resolve, { once: true }),
    );
    page.window.history.back();
    await arrived;
    await nextFrame();
    expect(paths()).to.deep.equal(["page", "/p/1", "page"]);
  });

  it("makes no phantom views: the same address, a hash, replaceState, a redirect within a frame", async () => {
    await watch();
    push("#reviews");
    push(page.window.location.href);
    page.window.history.replaceState(null, "", "?sort=price");
    await nextFrame();
    expect(paths()).to.deep.equal(["page"]);
    push("/account");
    push("/sign-in");
    await nextFrame();
    expect(paths()).to.deep.equal(["page", "/sign-in"]);
  });

  it("counts hashes and replaced addresses where the shop wants them", async () => {
    await watch({ hash: true, replace: true });
    push("#/p/1");
    await nextFrame();
    page.window.history.replaceState(null, "", "?sort=price");
    await nextFrame();
    expect(seen.map(({ url }) => String(url).replace(/.*page\.html/, ""))).to.deep.equal([
      "",
      "#/p/1",
      "?sort=price",
    ]);
  });

  it("counts a page that comes back from the back/forward cache, not one that is shown for the first time", async () => {
    await watch();
    page.window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: false }));
    await nextFrame();
    expect(seen.length).to.equal(1);
    page.window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
    await nextFrame();
    expect(starts).to.deep.equal(["load", "restore"]);
    expect(seen.length).to.equal(2);
  });

  it("tells of the view before the page goes", async () => {
    const watched = watch();
    page.window.dispatchEvent(new PageTransitionEvent("pagehide"));
    expect(seen.length).to.equal(1);
    await watched;
    expect(seen.length).to.equal(1);
  });

  it("leaves a view to the page that tells of it itself", async () => {
    const watched = watch();
    skip();
    await watched;
    expect(seen).to.deep.equal([]);
  });
};

const NAVIGATION = "the Navigation API";
describeWith(
  NAVIGATION,
  `watching page views with ${NAVIGATION}`,
  watching((window) => window),
);
describe("watching page views with the History API", watching(withoutNavigation));

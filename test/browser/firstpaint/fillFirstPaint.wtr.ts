import { expect } from "@esm-bundle/chai";
import type { SlotGuard, SlotPlan } from "../../../packages/core/src/index.ts";
import { fillFirstPaint, type ShownNote } from "../../../packages/browser/src/firstpaint/fillFirstPaint.ts";
import type { FirstPaintSlot } from "../../../packages/browser/src/slots/createSlots.ts";
import { microtasks, openFrame, type FramePage } from "../support/frames.ts";

const NOW = Date.UTC(2026, 10, 22);
const MINUTE = 60_000;
const PAGE = `<div data-vitrine-slot="hero"><p>Default</p></div>`;

const noted = (...list: ShownNote[]) => ({ "vitrine.shown": JSON.stringify(list) });

const named = (rule: string, guard: SlotGuard) => ({ rule, guard, content: [rule] });

describe("filling slots before first paint", () => {
  let page: FramePage;
  let kept: Record<string, string>;
  let shown: FirstPaintSlot[] | undefined;

  /** Parses a page with the reader in its head, as it was left by the page before. */
  const parse = async (html: string, address = "/", prerendering = false) => {
    page = await openFrame();
    const { document } = page;
    document.open();
    document.write("<!doctype html><head>");
    Object.defineProperty(document, "prerendering", { value: prerendering });
    const { pathname, search } = new URL(address, location.href);
    const window = {
      document,
      location: { pathname, search },
      localStorage: {
        getItem: (key: string) => kept[key] ?? null,
        setItem: (key: string, value: string) => void (kept[key] = value),
      },
      vitrineFirstPaint: undefined as FirstPaintSlot[] | undefined,
    };
    fillFirstPaint(window as unknown as Window, NOW);
    document.write(`</head><body>${html}`);
    await microtasks();
    document.close();
    shown = window.vitrineFirstPaint;
    return document.body.innerHTML;
  };
  const plan = (slots: SlotPlan["slots"], more: Partial<SlotPlan> = {}) =>
    JSON.stringify({ v: 1, version: 4, notAfter: NOW + 1, slots, ...more });
  const guarded = (guard: SlotGuard) => plan({ hero: [{ rule: "r", guard, content: ["Ours"] }] });
  const notes = () => JSON.parse(kept["vitrine.shown"] ?? "[]") as ShownNote[];

  beforeEach(() => {
    kept = {};
  });
  afterEach(() => page.remove());

  const session = (minutesAgo: number) => ({
    "vitrine.session": JSON.stringify({ id: "s", last: NOW - minutesAgo * MINUTE }),
  });
  const note = (minutesAgo: number, rule = "r"): ShownNote => [
    rule,
    null,
    4,
    "hero",
    NOW - minutesAgo * MINUTE,
  ];

  const CASES: [what: string, guard: SlotGuard, isShown: boolean, storage?: object, address?: string][] = [
    ["no guard", {}, true],
    ["a new session, and none is known", { new: true }, true],
    ["a new session, and the last one is 31 minutes old", { new: true }, true, session(31)],
    ["a new session, and one is going on", { new: true }, false, session(29)],
    ["a session going on, and one is", { new: false }, true, session(29)],
    ["a session going on, and the last one is over", { new: false }, false, session(31)],
    ["a beginning that is now", { from: NOW }, true],
    ["a beginning to come", { from: NOW + 1 }, false],
    ["an end to come", { to: NOW + 1 }, true],
    ["an end that is now", { to: NOW }, false],
    ["paths, one of them this", { path: ["/a", "/b"] }, true, {}, "/b?x=1"],
    ["paths, none of them this", { path: ["/a"] }, false, {}, "/a/"],
    ["a query parameter, here", { query: ["utm", "a b"] }, true, {}, "/?utm=a+b"],
    ["a query parameter, of another value", { query: ["utm", "a"] }, false, {}, "/?utm=b"],
    ["a query parameter, missing", { query: ["utm", "a"] }, false],
    ["one show left in this session", { left: { now: 1, fresh: 0 } }, true, session(5)],
    ["no show left in this session", { left: { now: 0, fresh: 1 } }, false, session(5)],
    ["one show left, used on a page the SDK never reached", { left: { now: 1, fresh: 1 } }, false, { ...session(5), ...noted(note(4)) }],
    ["one show left, used by another rule", { left: { now: 1, fresh: 1 } }, true, { ...session(5), ...noted(note(4, "other")) }],
    ["a show in a new session, used in the one before", { left: { now: 0, fresh: 1 } }, true, { ...session(31), ...noted(note(32)) }],
    ["no show in a new session", { left: { now: 1, fresh: 0 } }, false, session(31)],
  ]; // prettier-ignore
  for (const [what, guard, isShown, storage, address] of CASES) {
    it(`${isShown ? "shows" : "does not show"} content guarded by ${what}`, async () => {
      Object.assign(kept, storage, { "vitrine.plan": guarded(guard) });
      const text = (await parse(PAGE, address)).includes("Ours") ? "shown" : "not shown";
      expect(text).to.equal(isShown ? "shown" : "not shown");
    });
  }

  it("takes the first entry whose guard holds, and notes it", async () => {
    kept["vitrine.plan"] = plan({ hero: [named("a", { path: ["/x"] }), named("b", {}), named("c", {})] });
    expect(await parse(PAGE)).to.equal(`<div data-vitrine-slot="hero">b</div>`);
    expect(notes()).to.deep.equal([["b", null, 4, "hero", NOW]]);
  });

  it("keeps the original, into which the parser goes on", async () => {
    kept["vitrine.plan"] = guarded({});
    await parse(PAGE);
    expect(shown!.map(({ original }) => original.outerHTML)).to.deep.equal([PAGE]);
    expect(shown![0]!.copy.isConnected).to.equal(true);
  });

  it("holds the placement for a control group: the default, noted", async () => {
    const entries = [
      { rule: "a", variant: "control", guard: {}, content: [] },
      { rule: "b", guard: {}, content: ["b"] },
    ];
    kept["vitrine.plan"] = plan({ hero: entries });
    expect(await parse(PAGE)).to.equal(PAGE);
    expect(notes()).to.deep.equal([["a", "control", 4, "hero", NOW]]);
  });

  it("fills every slot of the page, and none inside a slot it filled", async () => {
    const entry = { rule: "r", guard: {}, content: ["Ours"] };
    kept["vitrine.plan"] = plan({ hero: [entry], inner: [entry], foot: [entry] });
    const html = `<div data-vitrine-slot="hero"><i data-vitrine-slot="inner">x</i></div><b data-vitrine-slot="foot"></b>`;
    expect(await parse(html)).to.equal(
      `<div data-vitrine-slot="hero">Ours</div><b data-vitrine-slot="foot">Ours</b>`,
    );
    expect(notes().length).to.equal(2);
  });

  it("leaves slots without an entry alone, whatever they are called", async () => {
    kept["vitrine.plan"] = plan({ other: [{ rule: "r", guard: {}, content: ["Ours"] }] });
    const html = `<p data-vitrine-slot="constructor">1</p><p data-vitrine-slot="__proto__">2</p><p data-vitrine-slot="">3</p>`;
    expect(await parse(html)).to.equal(html);
    expect(kept["vitrine.shown"]).to.equal(undefined);
  });

  it("notes what it filled on a page that is rendered ahead when that is seen, beside what other pages noted", async () => {
    kept["vitrine.plan"] = guarded({});
    expect(await parse(PAGE, "/", true)).to.contain("Ours");
    expect(notes()).to.deep.equal([]);
    kept = { ...kept, ...noted(note(1, "other")) };
    page.document.dispatchEvent(new Event("prerenderingchange"));
    expect(notes().map(([rule]) => rule)).to.deep.equal(["other", "r"]);
  });

  it("keeps the last fifty notes", async () => {
    kept["vitrine.plan"] = guarded({});
    Object.assign(kept, noted(...Array.from({ length: 60 }, (_, i) => note(60 - i))));
    await parse(PAGE);
    expect(notes().length).to.equal(50);
    expect(notes().at(-1)).to.deep.equal(["r", null, 4, "hero", NOW]);
  });
});

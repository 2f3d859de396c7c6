import { expect } from "@esm-bundle/chai";
import type { Decision, ViewNode } from "../../../packages/core/src/index.ts";
import {
  createSlots,
  type Exposure,
  type FirstPaintSlot,
  type SlotAct,
  type Slots,
} from "../../../packages/browser/src/slots/createSlots.ts";
import { microtasks, nextFrame, openFrame, type FramePage } from "../support/frames.ts";

const DEFAULT = "<p>New in</p>";
const slotHtml = (placement: string, attributes = "", style = "") =>
  `<div data-vitrine-slot="${placement}" ${attributes} style="height:80px;${style}">${DEFAULT}</div>`;
/** Out of a view of 400 pixels. */
const BELOW = `<div style="height:900px"></div>`;

/** Painted, and seen by the observer of intersections. */
const painted = async () => {
  await nextFrame();
  await nextFrame();
};

describe("slots", () => {
  let page: FramePage;
  let slots: Slots;
  let exposures: Exposure[];
  let acts: SlotAct[];
  let loops: string[];
  let tooMany: number;
  let areRulesHere: boolean;
  /** What the rules say, by placement. */
  let words: Record<string, ViewNode[] | "control">;

  const decide = (placement: string): Decision => {
    const word = words[placement];
    const decision: Decision = { placement, reason: "disabled", evidence: [], trace: [] };
    if (!areRulesHere) return decision;
    Object.assign(decision, { reason: "default", version: 3 });
    if (!word) return decision;
    Object.assign(decision, { rule: `rule of ${placement}` });
    if (word === "control") return { ...decision, variant: "control" };
    return { ...decision, outcome: { type: "value", value: word as never } };
  };
  const start = () => {
    // An observer of the test before may still report: not to this one's list.
    const mine = exposures;
    slots = createSlots({
      window: page.window,
      decide,
      present: ({ outcome }) => (outcome as unknown as { value: ViewNode[] }).value,
      onExposure: (exposure) => mine.push(JSON.parse(JSON.stringify(exposure)) as Exposure),
      onAct: (act) => acts.push(act),
      onLoop: (placement) => loops.push(placement),
      onTooMany: () => tooMany++,
    });
  };
  const slot = (placement = "hero") =>
    page.document.querySelector<HTMLElement>(`[data-vitrine-slot=${placement}]`)!;
  /** As the inline reader fills a slot. */
  const fillEarly = (placement: string): FirstPaintSlot => {
    const original = slot(placement);
    const copy = original.cloneNode() as HTMLElement;
    copy.append("From the plan");
    original.replaceWith(copy);
    return { rule: `rule of ${placement}`, content: ["From the plan"], copy, original };
  };

  beforeEach(() => {
    exposures = [];
    acts = [];
    loops = [];
    tooMany = 0;
    areRulesHere = true;
    words = { hero: ["Skirts"] };
  });
  afterEach(() => {
    page.remove();
  });

  it("out of view yet are filled, and exposed when they are seen", async () => {
    page = await openFrame(BELOW + slotHtml("hero") + BELOW);
    await painted();
    start();
    await painted();
    expect(slot().textContent).to.equal("Skirts");
    expect(exposures).to.deep.equal([]);
    slot().scrollIntoView();
    await painted();
    expect(exposures).to.deep.equal([{ placement: "hero", rule: "rule of hero", version: 3 }]);
    slots.update();
    await painted();
    expect(exposures.length).to.equal(1);
  });

  it("in view already wait for the next page", async () => {
    page = await openFrame(slotHtml("hero"));
    await painted();
    start();
    await painted();
    slots.update();
    await painted();
    expect(slot().innerHTML).to.equal(DEFAULT);
    expect(exposures).to.deep.equal([]);
  });

  it("marked live change in place, each change is exposed", async () => {
    page = await openFrame(slotHtml("hero", "data-vitrine-live"));
    await painted();
    words = {};
    start();
    await painted();
    expect(slot().innerHTML).to.equal(DEFAULT);
    words = { hero: ["Skirts"] };
    slots.update();
    expect(slot().textContent).to.equal("Skirts");
    words = { hero: ["Shoes"] };
    slots.update();
    expect(slot().textContent).to.equal("Shoes");
    expect(exposures.length).to.equal(2);
    words = {};
    slots.update();
    expect(slot().innerHTML).to.equal(DEFAULT);
  });

  it("that are put into the page later are filled before they are painted", async () => {
    page = await openFrame();
    start();
    await painted();
    page.document.body.innerHTML = slotHtml("hero");
    await microtasks();
    expect(slot().textContent).to.equal("Skirts");
    await painted();
    expect(exposures.length).to.equal(1);
  });

  it("give the shop's own nodes back", async () => {
    page = await openFrame();
    start();
    page.document.body.innerHTML = slotHtml("hero");
    const [own] = slot().childNodes;
    await microtasks();
    expect(slot().textContent).to.equal("Skirts");
    slots.undo();
    expect(slot().innerHTML).to.equal(DEFAULT);
    expect(slot().firstChild).to.equal(own);
    await microtasks();
    expect(slot().innerHTML).to.equal(DEFAULT);
  });

  it("filled by the inline reader are taken over: kept, changed only when live, and undone", async () => {
    page = await openFrame(slotHtml("hero") + slotHtml("live", "data-vitrine-live"));
    const shown = ["hero", "live"].map(fillEarly);
    words = { hero: ["Skirts"], live: ["Shoes"] };
    Object.assign(page.window, { vitrineFirstPaint: shown });
    start();
    await painted();
    slots.update();
    expect([slot().textContent, slot("live").textContent]).to.deep.equal(["From the plan", "Shoes"]);
    slots.undo();
    expect([slot(), slot("live")]).to.deep.equal(shown.map(({ original }) => original));
    await painted();
    expect(slot().innerHTML + slot("live").innerHTML).to.equal(DEFAULT + DEFAULT);
    expect(exposures.map(({ placement }) => placement)).to.deep.equal(["live"]);
  });

  it("filled by the inline reader keep that, out of view as well, until there are rules", async () => {
    page = await openFrame(BELOW + slotHtml("hero"));
    Object.assign(page.window, { vitrineFirstPaint: [fillEarly("hero")] });
    areRulesHere = false;
    start();
    await painted();
    slots.update();
    expect(slot().textContent).to.equal("From the plan");
    areRulesHere = true;
    slots.update();
    expect(slot().textContent).to.equal("Skirts");
    words = {};
    slots.update();
    expect(slot().innerHTML).to.equal(DEFAULT);
  });

  it("of a control group are exposed and show the default", async () => {
    page = await openFrame(slotHtml("hero", "data-vitrine-live"));
    words = { hero: "control" };
    start();
    slots.update();
    await painted();
    expect(slot().innerHTML).to.equal(DEFAULT);
    expect(exposures).to.deep.equal([
      { placement: "hero", rule: "rule of hero", variant: "control", version: 3 },
    ]);
  });

  it("are exposed only when half of them is in view", async () => {
    page = await openFrame();
    page.document.body.style.margin = "0";
    start();
    page.document.body.innerHTML = `<div style="height:370px"></div>` + slotHtml("hero") + BELOW;
    await painted();
    expect(slot().textContent).to.equal("Skirts");
    expect(exposures).to.deep.equal([]);
    page.window.scrollTo(0, 40);
    await painted();
    expect(exposures.length).to.equal(1);
  });

  it("whose content the page throws away are filled again a few times, then left to the page", async () => {
    page = await openFrame();
    start();
    page.document.body.innerHTML = slotHtml("hero");
    await microtasks();
    const texts: string[] = [];
    for (let i = 0; i < 6; i++) {
      slot().innerHTML = DEFAULT;
      await microtasks();
      texts.push(slot().textContent);
    }
    expect(texts).to.deep.equal(["Skirts", "Skirts", "Skirts", "New in", "New in", "New in"]);
  });

  it("whose content the page throws away again and again are exposed once, and not filled for ever", async () => {
    page = await openFrame();
    start();
    page.document.body.innerHTML = slotHtml("hero");
    await painted();
    let fills = 0;
    for (let i = 0; i < 20; i++) {
      if (i % 2) slot().innerHTML = DEFAULT;
      else page.document.body.innerHTML = slotHtml("hero");
      await microtasks();
      if (slot().textContent === "Skirts") fills++;
      slots.update();
    }
    await painted();
    expect(fills).to.be.lessThan(10);
    expect(exposures.length).to.equal(1);
    words = { hero: ["Shoes"] };
    page.window.history.pushState(null, "", "/elsewhere");
    page.document.body.innerHTML = slotHtml("hero", "data-vitrine-live");
    await microtasks();
    slots.update();
    await painted();
    expect(slot().textContent).to.equal("Shoes");
    expect(exposures.length).to.equal(2);
  });

  it("whose rules undo each other stay as they are after a while, and say so", async () => {
    page = await openFrame();
    start();
    page.document.body.innerHTML = slotHtml("hero", "data-vitrine-live");
    await painted();
    for (let i = 0; i < 50; i++) {
      words = { hero: [`Loop ${i % 2}`] };
      slots.update();
    }
    await painted();
    expect(exposures.length).to.equal(21);
    expect(loops).to.deep.equal(["hero"]);
  });

  it("are filled up to 500 of them; others keep the shop's own until there is place, which is said once", async () => {
    page = await openFrame(BELOW + slotHtml("hero").repeat(700));
    await painted();
    start();
    await painted();
    const texts = () =>
      [...page.document.querySelectorAll("[data-vitrine-slot]")].map(({ textContent }) => textContent);
    expect(texts()).to.deep.equal([
      ...Array<string>(500).fill("Skirts"),
      ...Array<string>(200).fill("New in"),
    ]);
    for (const element of [...page.document.querySelectorAll("[data-vitrine-slot]")].slice(0, 50))
      element.remove();
    await painted();
    expect(texts()).to.deep.equal([
      ...Array<string>(500).fill("Skirts"),
      ...Array<string>(150).fill("New in"),
    ]);
    expect(tooMany).to.equal(1);
  });

  it("whose default was seen stay as they are when the page renders them anew, until it shows another page", async () => {
    page = await openFrame(slotHtml("hero"));
    await painted();
    start();
    await painted();
    page.document.body.innerHTML = slotHtml("hero");
    await microtasks();
    expect(slot().innerHTML).to.equal(DEFAULT);
    page.window.history.pushState(null, "", "/next");
    page.document.body.innerHTML = "";
    await microtasks();
    page.window.history.pushState(null, "", "/home");
    page.document.body.innerHTML = slotHtml("hero");
    await microtasks();
    expect(slot().textContent).to.equal("Skirts");
  });

  it("report what a click does", async () => {
    page = await openFrame();
    words = { hero: [["div", {}, ["button", { "data-vitrine-act": "dismiss" }, ["span", {}, "Not now"]]]] };
    start();
    page.document.body.innerHTML = slotHtml("hero") + `<button data-vitrine-act="theirs">?</button>`;
    await microtasks();
    slot().querySelector("span")!.click();
    page.document.querySelector<HTMLElement>("[data-vitrine-act=theirs]")!.click();
    expect(acts.map(({ act, placement }) => [act, placement])).to.deep.equal([["dismiss", "hero"]]);
  });

  it("have a default look that any rule of the shop's overrides", async () => {
    page = await openFrame();
    words = { hero: [["ul", { class: "vitrine-products" }, ["li", {}, "Skirt"]]] };
    page.document.head.append(
      Object.assign(page.document.createElement("style"), { textContent: "ul { list-style: square }" }),
    );
    start();
    page.document.body.innerHTML = slotHtml("hero");
    await microtasks();
    const look = page.window.getComputedStyle(slot().firstElementChild!);
    expect([look.display, look.listStyleType]).to.deep.equal(["grid", "square"]);
    expect(page.document.adoptedStyleSheets.length).to.equal(1);
  });

  it("that an app made while the page is parsed stay the app's own elements", async () => {
    page = await openFrame();
    page.document.open();
    page.document.write(`<!doctype html><body><div id="root"></div><script></script>`);
    start();
    const root = page.document.querySelector("#root")!;
    root.innerHTML = slotHtml("hero");
    const made = slot();
    await microtasks();
    expect(slot().textContent).to.equal("Skirts");
    expect(slot()).to.equal(made);
    root.removeChild(made);
    page.document.close();
  });

  it("are filled while the page is parsed, and the parser goes on into the shop's own", async () => {
    page = await openFrame();
    page.document.open();
    page.document.write("<!doctype html><body>");
    start();
    page.document.write(`<div data-vitrine-slot="hero" class="big"><p>New`);
    await microtasks();
    expect(slot().outerHTML).to.equal(`<div data-vitrine-slot="hero" class="big">Skirts</div>`);
    page.document.write(` in</p></div><p>Below</p>`);
    page.document.close();
    await painted();
    expect(page.document.body.textContent).to.equal("SkirtsBelow");
    expect(exposures.length).to.equal(1);
    slots.undo();
    expect(slot().innerHTML).to.equal(DEFAULT);
  });
});

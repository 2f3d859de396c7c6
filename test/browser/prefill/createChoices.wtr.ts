import { expect } from "@esm-bundle/chai";
import type { Decision, Outcome, Product } from "../../../packages/core/src/index.ts";
import { createChoices, type Choices } from "../../../packages/browser/src/prefill/createChoices.ts";
import { openFrame, type FramePage } from "../support/frames.ts";

const MARK = `data-vitrine-prefill="filters" data-size-system="EU_SHOE" data-size-group="shoes"`;
const SELECT = `<div ${MARK}><label>Size <select><option value="">All sizes</option><option>37</option><option>38</option></select></label></div>`;
const CHECKS = `<fieldset ${MARK}>${[37, 38].map((size) => `<label><input type="checkbox" value="${size}">${size}</label>`).join("")}</fieldset>`;
const STORE = `<select data-vitrine-prefill="store"><option value="">Any</option><option value="old">Old Town</option></select>`;

const words = { clear: "Löschen" };

describe("prefill of filters and store", () => {
  let page: FramePage;
  let choices: Choices;
  let outcome: Outcome | undefined;
  let asked: [string, Product | undefined][];
  let shown: number;
  let heard: string[];

  const start = () => {
    choices = createChoices({
      window: page.window,
      decide: (placement, product): Decision => {
        asked.push([placement, product]);
        const decision: Decision = {
          placement,
          reason: "default",
          evidence: [],
          trace: [],
          because: "Thrice.",
        };
        return outcome ? { ...decision, outcome } : decision;
      },
      onShown: () => shown++,
    });
    choices.update();
  };
  const open = async (body: string) => {
    page = await openFrame(body);
    page.window.sessionStorage.removeItem("vitrine.filled");
    page.document.addEventListener("change", ({ target }) => heard.push((target as HTMLInputElement).value));
    start();
  };
  const select = () => page.document.querySelector("select")!;
  const note = () => page.document.querySelector(".vitrine-note");
  const clear = () => note()!.querySelector("button")!.click();

  beforeEach(() => {
    outcome = { type: "filters", filters: [{ name: "size", value: "38", votes: [] }], words };
    [asked, shown, heard] = [[], 0, []];
  });
  afterEach(() => {
    page.window.sessionStorage.removeItem("vitrine.filled");
    page.remove();
  });

  it("opens a list with 38, tells the page's scripts, says why, and offers to clear it", async () => {
    await open(SELECT);
    expect(asked[0]![0]).to.equal("filters");
    expect(asked[0]![1]).to.include({ sizeSystem: "EU_SHOE", sizeGroup: "shoes" });
    expect([select().value, heard, shown]).to.deep.equal(["38", ["38"], 1]);
    expect(note()!.textContent).to.equal("Thrice.Löschen");
    clear();
    expect([select().value, heard]).to.deep.equal(["", ["38", ""]]);
    choices.update();
    expect([select().value, note(), shown]).to.deep.equal(["", null, 1]);
  });

  it("is said again where the page was loaded anew for it, and not done again on the way back", async () => {
    await open(SELECT);
    page.document.body.innerHTML = SELECT;
    select().value = "38";
    start();
    expect([note()!.textContent, shown]).to.deep.equal(["Thrice.Löschen", 1]);
    page.document.body.innerHTML = SELECT;
    start();
    expect([select().value, note()]).to.deep.equal(["", null]);
  });

  it("never touches a choice, nor a list that has no 38", async () => {
    await open(SELECT.replace("<option>37", "<option selected>37"));
    expect([select().value, note(), shown]).to.deep.equal(["37", null, 0]);
    page.remove();
    await open(SELECT.replace("<option>38</option>", ""));
    expect([select().value, note(), shown]).to.deep.equal(["", null, 0]);
    page.remove();
    outcome = undefined;
    await open(SELECT);
    expect([select().value, note(), shown]).to.deep.equal(["", null, 0]);
  });

  it("checks a box, and takes it back on undo", async () => {
    await open(CHECKS);
    const boxes = [...page.document.querySelectorAll("input")];
    expect(boxes.map(({ checked }) => checked)).to.deep.equal([false, true]);
    choices.undo();
    expect(boxes.map(({ checked }) => checked)).to.deep.equal([false, false]);
    expect(note()).to.equal(null);
    expect(page.window.sessionStorage.getItem("vitrine.filled")).to.equal(null);
  });

  it("sends the form where the shop says so, when it fills and when it is cleared", async () => {
    await open("");
    page.document.addEventListener("submit", (event) => {
      event.preventDefault();
      heard.push("sent");
    });
    page.document.body.innerHTML = `<form>${SELECT}</form>`.replace(MARK, `${MARK} data-vitrine-submit`);
    choices.update();
    clear();
    expect(heard).to.deep.equal(["38", "sent", "", "sent"]);
  });

  it("chooses the store by its id", async () => {
    outcome = { type: "store", store: "old", words };
    await open(STORE);
    expect([asked[0]![0], select().value]).to.deep.equal(["store", "old"]);
  });
});

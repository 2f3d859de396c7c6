import { expect } from "@esm-bundle/chai";
import {
  OWN_WORDS,
  type Decision,
  type Product,
  type SizeWords,
  type UsualSize,
} from "../../../packages/core/src/index.ts";
import {
  createPrefill,
  type Prefill,
  type Prefilled,
} from "../../../packages/browser/src/prefill/createPrefill.ts";
import type { ProductFacts } from "../../../packages/browser/src/sources/sourceEvent.ts";
import { nextFrame, openFrame, type FramePage } from "../support/frames.ts";

const SELECT = `<div data-vitrine-prefill="size" data-size-system="INT" data-size-group="tops">
  <label for="size">Size</label>
  <select id="size" name="size"><option value="">Choose a size</option><option>S</option><option>M</option>
  <option value="L">L – only 2 left</option><option value="XL" disabled>XL – sold out</option></select></div>`;
const RADIOS = `<fieldset data-vitrine-prefill="size" data-size-system="INT" data-size-group="tops"><legend>Size</legend>
  ${["S", "M", "L"].map((size) => `<label><input type="radio" name="size" value="${size}">${size}</label>`).join("")}</fieldset>`;
const BUTTONS = `<form><div data-vitrine-prefill="size" data-size-system="EU_SHOE" data-size-group="shoes" role="group">
  ${[37, 38, 39].map((size) => `<button aria-pressed="false">${size}</button>`).join("")}</div></form>`;

const FACTS: ProductFacts = {
  properties: { product_id: "S1", brand: "Maude", category: "Blouses", department: "women" },
  ids: ["S1"],
  sizes: {},
};

const preselect = (label: string): UsualSize => ({ kind: "preselect", label, votes: [], level: "group" });

const radioOf = (size: string) => `<span role="radio" aria-checked="false" tabindex="0">${size}</span>`;

const unmarked = (attributes: string) =>
  `<select ${attributes}><option value="">–</option><option>S</option><option>M</option></select>`;

describe("prefill of the size", () => {
  let page: FramePage;
  let prefill: Prefill;
  let facts: ProductFacts | undefined;
  let usual: UsualSize;
  let asked: Product[];
  let shown: Prefilled[];
  let heard: string[];
  let words: SizeWords;

  const open = async (body: string) => {
    page = await openFrame(body);
    for (const type of ["input", "change", "submit"])
      page.document.addEventListener(type, ({ target }) =>
        heard.push(`${type} ${(target as Element).localName}`),
      );
    // As shops do: a button is pressed, its neighbours are not.
    page.document.addEventListener("click", ({ target }) => {
      const button = (target as Element).closest("[aria-pressed]");
      button?.parentElement
        ?.querySelectorAll("button")
        .forEach((one) => one.setAttribute("aria-pressed", String(one === button)));
    });
    prefill = createPrefill({
      window: page.window,
      facts: () => facts,
      decide: (product): Decision => {
        asked.push(product);
        const decision: Decision = { placement: "size", reason: "default", evidence: [], trace: [] };
        if (usual.kind === "none") return decision;
        return {
          ...decision,
          because: "You chose it before.",
          outcome: { type: "prefill", usual, words },
        };
      },
      onShown: (one) => shown.push(one),
    });
    prefill.update();
  };
  const find = <E extends HTMLElement>(selector: string) => page.document.querySelector<E>(selector)!;
  const select = () => find<HTMLSelectElement>("select");
  const note = () => find(".vitrine-note");
  const chosen = () => select().value;
  const press = (label: string) =>
    [...note().querySelectorAll("button")].find((button) => button.textContent === label)!.click();
  const chooseByHand = (value: string) => {
    select().value = value;
    select().dispatchEvent(new Event("change", { bubbles: true }));
  };

  beforeEach(() => {
    facts = FACTS;
    usual = preselect("M");
    words = OWN_WORDS.size;
    [asked, shown, heard] = [[], [], []];
  });
  afterEach(() => {
    prefill.undo(); // a frame that it still waits for comes when the page is gone
    page.remove();
  });

  describe("of a select", () => {
    it("chooses the usual size, says why, and tells the page's scripts", async () => {
      await open(SELECT);
      expect(chosen()).to.equal("M");
      expect(heard).to.deep.equal(["input select", "change select"]);
      expect(note().textContent).to.equal("You chose it before.Change");
      expect(note().getAttribute("role")).to.equal("status");
      expect(shown.map(({ how, label }) => [how, label])).to.deep.equal([["preselect", "M"]]);
    });

    it("asks for the article of the page in the control's own size system and group", async () => {
      await open(SELECT);
      expect(asked[0]).to.include({
        id: "S1",
        brand: "Maude",
        sizeSystem: "INT",
        sizeGroup: "tops",
        department: "women",
      });
    });

    it("gives the shop's state back on change, focuses the control, and stays away", async () => {
      await open(SELECT);
      press("Change");
      expect(chosen()).to.equal("");
      expect(page.document.activeElement).to.equal(select());
      prefill.update();
      expect(chosen()).to.equal("");
      expect(note()).to.equal(null);
    });

    it("leaves the shopper's own later choice alone and takes its note away", async () => {
      await open(SELECT);
      chooseByHand("S");
      expect(note()).to.equal(null);
      usual = preselect("L");
      prefill.update();
      expect(chosen()).to.equal("S");
    });

    it("does not touch what was chosen before, by whom ever", async () => {
      await open(SELECT.replace("<option>S", "<option selected>S"));
      expect(chosen()).to.equal("S");
      expect(note()).to.equal(null);
    });

    it("matches labels in other spellings and beside other words", async () => {
      usual = preselect("L");
      await open(SELECT);
      expect(chosen()).to.equal("L");
    });

    it("never picks what is not offered, disabled, or sold out by any word for it", async () => {
      usual = preselect("XXL");
      await open(SELECT);
      expect(chosen()).to.equal("");
      for (const m of [
        "<option disabled>M",
        "<option data-sold-out>M",
        "<option aria-disabled=true>M",
        "<option value=M>M (ausverkauft)",
        "<optgroup disabled><option>M</option></optgroup><option hidden>M",
      ]) {
        page.remove();
        usual = preselect("M");
        await open(SELECT.replace("<option>M", m));
        expect([m, chosen(), note()]).to.deep.equal([m, "", null]);
      }
    });

    it("never picks what JSON-LD says is sold out", async () => {
      facts = { ...FACTS, sizes: { S: true, M: false } };
      await open(SELECT);
      expect(chosen()).to.equal("");
    });

    it("only suggests on weak evidence, and does it when asked", async () => {
      usual = { kind: "suggest", label: "M", votes: [], level: "group" };
      await open(SELECT);
      expect(chosen()).to.equal("");
      expect(note().textContent).to.equal("You usually take M.Choose M");
      press("Choose M");
      expect(chosen()).to.equal("M");
      expect(heard).to.deep.equal(["input select", "change select"]);
      expect(note()).to.equal(null);
    });

    it("asks for whom where two people's sizes were bought", async () => {
      usual = { kind: "ask", labels: ["S", "L", "XL"], votes: [], level: "group" };
      await open(SELECT);
      expect(note().textContent).to.equal("For whom is it?SL");
      press("L");
      expect(chosen()).to.equal("L");
      expect(shown.map(({ how }) => how)).to.deep.equal(["ask"]);
    });

    it("takes a first size without placeholder for a choice, unless the shop marked the control", async () => {
      const plain = `<select name="size"><option>S</option><option>M</option></select>`;
      await open(`<div data-vitrine-prefill="size">${plain}</div>`);
      expect(chosen()).to.equal("M");
      page.remove();
      await open(plain);
      expect(chosen()).to.equal("S");
    });

    it("speaks the words that the decision brings, in the page's language", async () => {
      usual = { kind: "suggest", label: "M", votes: [], level: "group" };
      words = {
        change: "Ändern",
        suggest: "Sie nehmen meist {size}.",
        take: "{size} wählen",
        ask: "Für wen?",
      };
      await open(SELECT);
      expect(note().textContent).to.equal("Sie nehmen meist M.M wählen");
    });

    it("comes back a few times when the page renders anew", async () => {
      await open(SELECT);
      const seen: string[] = [];
      for (let i = 0; i < 5; i++) {
        page.document.body.innerHTML = SELECT;
        await nextFrame();
        await nextFrame();
        seen.push(chosen());
      }
      expect(seen).to.deep.equal(["M", "M", "M", "", ""]);
      expect(shown.length).to.equal(1);
    });

    it("asks nothing while nothing changes, however often the page does", async () => {
      usual = { kind: "none" };
      await open(SELECT);
      page.document.body.append("x");
      await nextFrame();
      await nextFrame();
      expect(asked.length).to.equal(1);
      usual = preselect("M");
      prefill.update();
      expect(chosen()).to.equal("M");
    });

    it("does not come back to a control the shopper chose in", async () => {
      await open(SELECT);
      chooseByHand("S");
      page.document.body.innerHTML = SELECT;
      await nextFrame();
      await nextFrame();
      expect(chosen()).to.equal("");
    });

    it("is undone: the shop's state, and no note", async () => {
      await open(SELECT);
      prefill.undo();
      expect(chosen()).to.equal("");
      expect(note()).to.equal(null);
      await nextFrame();
      expect(chosen()).to.equal("");
    });

    it("is undone without taking the shopper's own choice", async () => {
      await open(SELECT);
      chooseByHand("L");
      prefill.undo();
      expect(chosen()).to.equal("L");
    });

    it("turns a suggestion into a choice when the profile knows more", async () => {
      usual = { kind: "suggest", label: "M", votes: [], level: "group" };
      await open(SELECT);
      usual = preselect("M");
      prefill.update();
      expect(chosen()).to.equal("M");
      expect(page.document.querySelectorAll(".vitrine-note").length).to.equal(1);
    });
  });

  describe("of radios", () => {
    it("chooses as a click does, so that every framework hears it", async () => {
      await open(RADIOS);
      expect(find<HTMLInputElement>("[value=M]").checked).to.equal(true);
      expect(heard).to.deep.equal(["input input", "change input"]);
      press("Change");
      expect(page.document.querySelector(":checked")).to.equal(null);
      expect(page.document.activeElement).to.equal(find("[value=M]"));
    });

    it("leaves a checked one, and one whose label says it is sold out", async () => {
      await open(RADIOS.replace('value="S"', 'value="S" checked'));
      expect(find<HTMLInputElement>("[value=M]").checked).to.equal(false);
      page.remove();
      await open(RADIOS.replace(">M<", `>M <span class="hidden">sold out</span><`));
      expect(page.document.querySelector(":checked")).to.equal(null);
    });

    it("tells React, which watches the setter of the element", async () => {
      await open(RADIOS);
      const radio = find<HTMLInputElement>("[value=M]");
      // React's tracker: an own property that remembers what scripts assign.
      let tracked = radio.checked;
      const native = Object.getOwnPropertyDescriptor(page.window.HTMLInputElement.prototype, "checked")!;
      const tracking: PropertyDescriptor = {
        get: native.get!,
        set(value: boolean) {
          tracked = value;
          native.set!.call(this, value);
        },
      };
      Object.defineProperty(radio, "checked", tracking);
      press("Change");
      expect([radio.checked, tracked]).to.deep.equal([false, true]);
    });
  });

  describe("of buttons", () => {
    it("presses the button and sends no form", async () => {
      usual = preselect("38");
      await open(BUTTONS);
      expect(find("[aria-pressed=true]").textContent).to.equal("38");
      expect(heard).to.deep.equal(["submit form"]);
      expect(page.window.location.search).to.equal("");
      press("Change");
      expect(page.document.activeElement!.textContent).to.equal("38");
    });

    it("steps back when the shopper presses another one", async () => {
      usual = preselect("38");
      await open(BUTTONS.replaceAll("<button ", `<button type="button" `));
      [...page.document.querySelectorAll("button")].find(({ textContent }) => textContent === "39")!.click();
      expect(note()).to.equal(null);
      prefill.update();
      expect(find("[aria-pressed=true]").textContent).to.equal("39");
    });

    it("reads a radio group of another element", async () => {
      await open("");
      let clicked = "";
      page.document.addEventListener("click", ({ target }) => (clicked = (target as Element).textContent));
      page.document.body.innerHTML = `<div role="radiogroup" data-vitrine-prefill="size">${radioOf("S")}${radioOf("M")}</div>`;
      prefill.update();
      expect(clicked).to.equal("M");
    });
  });

  describe("of controls that the shop did not mark", () => {
    it("goes by name, id, label and legend, in several languages", async () => {
      for (const html of [
        unmarked(`name="attribute_pa_size"`),
        unmarked(`name="options[Size]"`),
        unmarked(`aria-label="Größe"`),
        `<label>Taille ${unmarked("")}</label>`,
        `<label for="x">Rozmiar</label>${unmarked('id="x"')}`,
      ]) {
        await open(html);
        expect([html, chosen()]).to.deep.equal([html, "M"]);
        page.remove();
      }
      await open("");
    });

    it("keeps away without an article, from several controls, and from what only sounds like it", async () => {
      facts = undefined;
      await open(unmarked(`name="size"`));
      expect(chosen()).to.equal("");
      facts = FACTS;
      for (const html of [
        unmarked(`name="size"`) + unmarked(`name="size2" aria-label="size"`),
        unmarked(`name="page_resize"`),
        unmarked(`name="colour"`),
        `<select name="page-size"><option value="">–</option><option>10</option><option>20</option></select>`,
      ]) {
        page.remove();
        await open(html);
        expect([html, chosen(), note()]).to.deep.equal([html, "", null]);
      }
    });
  });

  describe("of lists in ARIA", () => {
    const option = (size: string, more = "") =>
      `<li role="option" aria-selected="false" data-value="${size}" ${more}>${size}</li>`;
    const options = option("S") + option("M") + option("L", `aria-disabled="true"`);
    const mark = `data-vitrine-prefill="size" data-size-system="INT" data-size-group="tops"`;
    const LISTBOX = `<div ${mark}><ul role="listbox" tabindex="0" aria-label="Size">${options}</ul></div>`;
    const COMBOBOX = `<div ${mark}><button role="combobox" aria-expanded="false" aria-haspopup="listbox" aria-controls="sizes">Size</button></div>
      <ul id="sizes" role="listbox" hidden>${options}</ul>`;
    const selected = () =>
      [...page.document.querySelectorAll("[aria-selected=true]")].map(({ textContent }) => textContent);
    /** As such lists do, most of them at the press. */
    const listen = (name: string) =>
      page.document.addEventListener(name, ({ target }) => {
        const chosen = (target as Element).closest("[role=option]");
        if (!chosen) return;
        for (const one of chosen.parentElement!.children)
          one.setAttribute("aria-selected", String(one === chosen));
      });
    const openList = async (body: string, name = "click") => {
      await open("");
      listen(name);
      page.document.body.innerHTML = body;
      prefill.update();
    };

    it("chooses the option of a listbox, and gives the focus to the list on change", async () => {
      await openList(LISTBOX);
      expect(selected()).to.deep.equal(["M"]);
      press("Change");
      expect(page.document.activeElement).to.equal(find("[role=listbox]"));
    });

    it("chooses in the list that a combobox opens elsewhere, without opening it", async () => {
      await openList(COMBOBOX, "pointerdown");
      expect(selected()).to.deep.equal(["M"]);
      expect(find("#sizes").hidden).to.equal(true);
      expect(find("[role=combobox]").nextElementSibling ?? note()).to.equal(note());
    });

    it("is never a choice over the shopper's, nor of what is sold out", async () => {
      await openList(
        LISTBOX.replace(`aria-selected="false" data-value="S"`, `aria-selected="true" data-value="S"`),
      );
      expect([selected(), note()]).to.deep.equal([["S"], null]);
      prefill.undo();
      page.remove();
      usual = preselect("L");
      await openList(LISTBOX);
      expect([selected(), note()]).to.deep.equal([[], null]);
      prefill.undo();
      page.remove();
      usual = preselect("M");
      await openList(COMBOBOX);
      find("#sizes [data-value=S]").click();
      expect([selected(), note()]).to.deep.equal([["S"], null]);
    });

    it("finds an unmarked one by its name, a combobox and its list as one", async () => {
      await openList(`<span id="l">Size</span><div role="combobox" tabindex="0" aria-haspopup="listbox" aria-controls="sizes" aria-labelledby="l"></div>
        <ul id="sizes" role="listbox" aria-label="Size" hidden>${options}</ul>`);
      expect(selected()).to.deep.equal(["M"]);
    });
  });
});

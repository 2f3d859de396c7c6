import { expect } from "@esm-bundle/chai";
import type { Rule } from "@vitrine/core";
import { createSigner } from "./support/createSigner.ts";
import { createTestOrigin, type TestOrigin } from "./support/testOrigin.ts";

const rule: Rule = {
  id: "hello",
  placement: "top",
  purposes: ["personalization"],
  action: { type: "message", text: { en: "hello" } },
};

const shownEvents = (origin: TestOrigin) =>
  origin.collector.accepted.filter(({ event }) => event === "Content Shown");

describe("what a page shows", () => {
  let origin: TestOrigin;
  let slot: HTMLElement;
  beforeEach(() => {
    origin = createTestOrigin();
    slot = document.createElement("section");
    slot.dataset.vitrineSlot = "top";
    slot.dataset.vitrineLive = "";
    slot.style.minHeight = "100px";
    slot.textContent = "the shop's own";
    document.body.prepend(slot);
  });
  afterEach(async () => {
    await origin.close();
    document.querySelectorAll("[data-vitrine-slot]").forEach((one) => one.remove());
  });

  it("is counted when it was really seen, told as an event, and capped on later pages too", async () => {
    const { rulesKey, sign } = await createSigner();
    origin.collector.rules = await sign({ rules: [{ ...rule, cap: { per: "ever", max: 1 } }] });
    const first = origin.open({ rulesKey });
    await origin.pass("it is seen", () => first.heard.exposure!.length);
    await first.vitrine.flush();
    expect(shownEvents(origin).map(({ properties }) => properties)).to.deep.equal([
      { placement: "top", rule: "hello", version: 1 },
    ]);
    expect(first.vitrine.decide("top").trace[0]!.result).to.equal("cap");
    first.kill();
    const next = origin.open({ rulesKey });
    await next.vitrine.ready();
    expect(next.vitrine.decide("top").trace[0]!.result).to.equal("cap");
  });

  it("before the SDK came > is counted from the inline reader's notes, once, at its own time", async () => {
    const { rulesKey } = await createSigner();
    const time = origin.now() - 60_000;
    origin.storage.set("vitrine.shown", JSON.stringify([["hello", "on", 7, "top", time]]));
    const { vitrine, heard } = origin.open({ rulesKey });
    await origin.pass("it is told", () => heard.exposure!.length);
    await vitrine.flush();
    const [event] = shownEvents(origin);
    expect(event!.properties).to.deep.equal({ placement: "top", rule: "hello", variant: "on", version: 7 });
    expect(event!.time).to.equal(time);
    expect(origin.storage.has("vitrine.shown")).to.equal(false);
  });

  it("follows rules and profile into the plan of the next page, which a refusal deletes", async () => {
    const { rulesKey, sign } = await createSigner();
    origin.collector.rules = await sign({
      rules: [{ ...rule, when: { "profile.lastViewed.category.id": "skirts" } }],
    });
    const { vitrine } = origin.open({ rulesKey });
    await vitrine.ready();
    void vitrine.track("Product Viewed", { product_id: "A", category: "skirts" });
    await origin.pass("the plan says it", () => origin.storage.get("vitrine.plan")?.includes("hello"));
    await vitrine.consent("denied");
    expect(origin.storage.has("vitrine.plan")).to.equal(false, "at once: the next page may be a second away");
    await origin.advance(500);
    expect([...origin.storage.keys()]).to.deep.equal([]);
    expect(document.querySelector("[data-vitrine-slot]")!.textContent).to.equal("the shop's own");
  });
});

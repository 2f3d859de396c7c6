import { expect } from "@esm-bundle/chai";
import { bucketPlace, foldEvent, type Rule } from "@vitrine/core";
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

  it("is capped by what another device of the shopper showed, once this one hears of it", async () => {
    const { rulesKey, sign } = await createSigner();
    origin.collector.rules = await sign({ rules: [{ ...rule, cap: { per: "ever", max: 2 } }] });
    const { vitrine, heard } = origin.open({ rulesKey });
    await origin.pass("it is seen", () => heard.exposure!.length);
    await vitrine.flush();
    expect(vitrine.decide("top").trace[0]!.result).to.equal("won");
    const [seen] = shownEvents(origin);
    // The collector joins the devices of one person in what each of them is given.
    foldEvent(origin.collector.fold, { ...seen!, messageId: "on another device" });
    await origin.until("the stream is open", () => origin.collector.streams);
    origin.collector.push({ revision: origin.collector.revision(), rules: 1 });
    await origin.pass("it is capped", () => vitrine.decide("top").trace[0]!.result === "cap");
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

  it("is nothing outside a rule's ramp, not even a control group, until that is raised", async () => {
    const { rulesKey, sign } = await createSigner();
    origin.collector.rules = await sign({ version: 1 });
    const { vitrine, heard } = origin.open({ rulesKey });
    const { anonymousId } = await vitrine.ready();
    await origin.until("the stream is open", () => origin.collector.streams);
    // Whoever stands at the very first place is inside of every ramp: then by another rule's seed.
    const id = ["hello", "welcome"].find((one) => bucketPlace(`${one}:ramp`, anonymousId!) > 0)!;
    const place = bucketPlace(`${id}:ramp`, anonymousId!);
    const publish = async (version: number, ramp: number) => {
      const experiment = { key: id, variants: ["control", "on"], weights: [0, 1] };
      origin.collector.rules = await sign({ version, rules: [{ ...rule, id, ramp, experiment }] });
      origin.collector.push({ revision: 0, rules: version });
      await origin.pass(`version ${version} is applied`, () => heard.ruleset!.length === version);
    };
    await publish(2, place);
    expect(vitrine.decide("top").trace[0]!.result).to.equal("not_in_ramp");
    await origin.advance(5000);
    expect(slot.textContent).to.equal("the shop's own");
    expect(heard.exposure).to.deep.equal([]);
    await publish(3, place + 0.0001);
    await origin.pass("it is seen", () => heard.exposure!.length);
    expect(document.querySelector("[data-vitrine-slot]")!.textContent).to.equal("hello");
    await vitrine.flush();
    expect(shownEvents(origin).map(({ properties }) => properties)).to.deep.equal([
      { placement: "top", rule: id, variant: "on", version: 3 },
    ]);
  });
});

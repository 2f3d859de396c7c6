import { expect } from "@esm-bundle/chai";
import { createSigner } from "./support/createSigner.ts";
import { createTestOrigin, type TestOrigin } from "./support/testOrigin.ts";

const RULES = [
  {
    id: "bavaria",
    placement: "top",
    when: { "geo.country": "DE", "geo.region": "DE-BY" },
    action: { type: "message" as const, text: { en: "Grüß Gott" } },
  },
];

describe("where a visitor is", () => {
  let origin: TestOrigin;
  beforeEach(() => (origin = createTestOrigin()));
  afterEach(() => origin.close());

  /** A page whose device has sent something and heard what the collector knows of it. */
  async function visit() {
    const { rulesKey, sign } = await createSigner();
    origin.collector.rules = await sign({ rules: RULES });
    const tab = origin.open({ rulesKey });
    void tab.vitrine.track("Product Viewed", { product_id: "A" });
    await origin.settle(tab.vitrine.flush());
    await origin.until("the stream is open", () => origin.collector.streams);
    origin.collector.push({ revision: origin.collector.revision(), rules: 1 });
    await origin.pass("the profile came", async () => (await origin.dump("kv")).snapshot);
    await origin.pass("rules are applied", () => tab.heard.ruleset!.length);
    return tab;
  }

  it("is heard with the profile, and asked for by rules; where nobody says it, they are for nobody", async () => {
    for (const [geo, rule] of [
      [{ country: "DE", region: "DE-BY" }, "bavaria"],
      [{ country: "DE" }, undefined],
      [undefined, undefined],
    ] as const) {
      origin.collector.geo = geo;
      const tab = await visit();
      expect(tab.vitrine.decide("top").rule).to.equal(rule);
      tab.kill();
      await origin.close();
      origin = createTestOrigin();
    }
  });

  it("is forgotten with consent, and no page hears it without", async () => {
    origin.collector.geo = { country: "DE", region: "DE-BY" };
    const { vitrine } = await visit();
    expect(vitrine.decide("top").rule).to.equal("bavaria");
    const asked = () => origin.collector.requests.filter(({ path }) => path === "profile").length;
    await vitrine.consent({ personalization: "denied" });
    const before = asked();
    expect(vitrine.decide("top").rule).to.equal(undefined);
    expect(JSON.stringify(await origin.dump("kv"))).not.to.include('"region":"DE-BY"');
    void vitrine.track("Product Viewed", { product_id: "B" });
    await origin.settle(vitrine.flush());
    await origin.advance(60_000);
    expect(asked()).to.equal(before);
    expect(JSON.stringify(origin.collector.accepted)).not.to.include("DE-BY");
  });

  it("is nobody's whose page put a place under every object", async () => {
    const everything = Object.prototype as { geo?: object };
    everything.geo = { country: "DE", region: "DE-BY" };
    try {
      expect((await visit()).vitrine.decide("top").rule).to.equal(undefined);
    } finally {
      delete everything.geo;
    }
  });
});

import { expect } from "@esm-bundle/chai";
import { OpenFeature, ProviderEvents, type Client } from "@openfeature/web-sdk";
import { bucketPlace, type Rule } from "@vitrine/core";
import { createProvider, type ProviderOptions } from "../../packages/openfeature/src/index.ts";
import { createSigner, type Signer } from "../browser/support/createSigner.ts";
import { createTestOrigin, type Tab, type TestOrigin } from "../browser/support/testOrigin.ts";

const flag = (id: string, value: boolean, more: Partial<Rule> = {}): Rule => ({
  id,
  placement: "new-checkout",
  action: { type: "value", value },
  ...more,
});

describe("flags from rules", () => {
  let origin: TestOrigin;
  let signer: Signer;
  let tab: Tab;
  let client: Client;
  let count = 0;

  beforeEach(async () => {
    origin = createTestOrigin();
    signer = await createSigner();
  });
  afterEach(async () => {
    await OpenFeature.clearContexts();
    await OpenFeature.clearProviders();
    await origin.close();
  });

  const publish = async (rules: Rule[], version = 1) => {
    origin.collector.rules = await signer.sign({ rules, version });
  };
  const start = async (options?: ProviderOptions) => {
    const domain = `shop-${count++}`;
    tab = origin.open({ rulesKey: signer.rulesKey });
    client = OpenFeature.getClient(domain);
    await OpenFeature.setProviderAndWait(domain, createProvider(tab.vitrine, options));
    return domain;
  };
  const named = (event: string) => origin.collector.accepted.filter((one) => one.event === event);

  it("follow what the merchant publishes, and say that they changed", async () => {
    await publish([flag("off", false)]);
    await start();
    expect(client.getBooleanDetails("new-checkout", true)).to.deep.include({
      value: false,
      variant: "off",
      reason: "STATIC",
      flagMetadata: { rule: "off", version: 1 },
    });
    let changes = 0;
    client.addHandler(ProviderEvents.ConfigurationChanged, () => changes++);
    await origin.until("the stream is open", () => origin.collector.streams);
    await publish([flag("on", true, { because: { en: "Everyone has it now." } })], 2);
    origin.collector.push({ revision: 0, rules: 2 });
    await origin.until("the change was told", () => changes);
    expect(client.getBooleanDetails("new-checkout", false)).to.deep.include({
      value: true,
      flagMetadata: { rule: "on", version: 2, because: "Everyone has it now." },
    });
  });

  it("are in error while no rules come, give the defaults, and get ready when they do", async () => {
    let answer: ((response: Response | undefined) => void) | undefined;
    origin.collector.intercept = ({ path }) =>
      path === "rules" ? new Promise((resolve) => (answer = resolve)) : undefined;
    const failure: unknown = await start({ timeoutMs: 10 }).catch((cause: unknown) => cause);
    expect(String(failure)).to.contain("No rules came in time");
    expect(client.providerStatus).to.equal("ERROR");
    expect(client.getBooleanValue("new-checkout", true)).to.equal(true);
    let isReady = false;
    client.addHandler(ProviderEvents.Ready, () => (isReady = true));
    await publish([flag("off", false)]);
    await origin.until("they were asked for", () => answer);
    answer!(undefined);
    await origin.until("it is ready", () => isReady);
    expect(client.getBooleanValue("new-checkout", true)).to.equal(false);
  });

  it("note who is in an experiment once, its control group too, who gets the default", async () => {
    const experiment = { key: "e", weights: [0, 1], variants: ["control", "on"] };
    const held = { key: "h", weights: [1, 0], variants: ["control", "on"] };
    await publish([
      flag("split", true, { experiment }),
      flag("held", true, { placement: "held", experiment: held }),
    ]);
    await start();
    for (let times = 0; times < 3; times++) {
      expect(client.getBooleanDetails("new-checkout", false)).to.include({ value: true, variant: "on" });
      expect(client.getBooleanDetails("held", false)).to.include({
        value: false,
        variant: "control",
        reason: "SPLIT",
      });
    }
    await origin.settle(tab.vitrine.flush());
    expect(named("Content Shown").map(({ properties }) => properties)).to.deep.equal([
      { placement: "new-checkout", rule: "split", variant: "on", version: 1 },
      { placement: "held", rule: "held", variant: "control", version: 1 },
    ]);
  });

  it("are for a share of visitors first: a split inside, the next rule outside, no exposure of either", async () => {
    await publish([]);
    await start();
    const { anonymousId } = await tab.vitrine.ready();
    // Whoever stands at the very first place is inside of every ramp: then by another rule's seed.
    const id = ["early", "first"].find((one) => bucketPlace(`${one}:ramp`, anonymousId!) > 0)!;
    const place = bucketPlace(`${id}:ramp`, anonymousId!);
    const late = flag("late", false, { priority: -1 });
    await origin.until("the stream is open", () => origin.collector.streams);
    await publish([flag(id, true, { ramp: place }), late], 2);
    origin.collector.push({ revision: 0, rules: 2 });
    await origin.until(
      "it is published",
      () => client.getBooleanDetails("new-checkout", true).flagMetadata["version"] === 2,
    );
    expect(client.getBooleanDetails("new-checkout", true)).to.include({
      value: false,
      reason: "DEFAULT",
      variant: "late",
    });
    await publish([flag(id, true, { ramp: place + 0.0001 }), late], 3);
    origin.collector.push({ revision: 0, rules: 3 });
    await origin.until("it is raised", () => client.getBooleanValue("new-checkout", false));
    expect(client.getBooleanDetails("new-checkout", false)).to.include({ reason: "SPLIT", variant: id });
    await origin.settle(tab.vitrine.flush());
    expect(named("Content Shown")).to.deep.equal([]);
  });

  it("note no exposure where the shop does that itself", async () => {
    await publish([flag("split", true, { experiment: { key: "e", weights: [1], variants: ["on"] } })]);
    await start({ exposures: false });
    expect(client.getBooleanDetails("new-checkout", false)).to.include({ variant: "on", reason: "SPLIT" });
    await origin.settle(tab.vitrine.flush());
    expect(named("Content Shown")).to.deep.equal([]);
  });

  it("go by the evaluation context, of which nothing is kept or sent", async () => {
    await publish([
      flag("early", true, {
        when: { "app.born": { $lt: "2000-01-01" }, "app.tags": { $elemMatch: { $eq: "vip" } } },
      }),
    ]);
    const domain = await start();
    const told = () => client.getBooleanDetails("new-checkout", false);
    expect(told()).to.include({ value: false, reason: "DEFAULT" });
    await OpenFeature.setContext(domain, { born: new Date("1999-05-05"), tags: ["canary-tag", "vip"] });
    expect(told()).to.include({ value: true, reason: "TARGETING_MATCH" });
    await OpenFeature.setContext(domain, { born: new Date("2001-05-05"), tags: ["canary-tag", "vip"] });
    expect(told()).to.include({ value: false, reason: "DEFAULT" });
    client.track("Checkout Tried", { value: 12 });
    await origin.settle(tab.vitrine.flush());
    expect(named("Checkout Tried")[0]!.properties).to.deep.equal({ value: 12 });
    expect(JSON.stringify(origin.collector.requests.map(({ text }) => text))).not.to.contain("canary-tag");
    expect(JSON.stringify([await origin.dump("kv"), [...origin.storage]])).not.to.contain("canary-tag");
  });

  it("are off for who refuses, and say why they cannot be told", async () => {
    const broken = { when: { "app.x": { $unheardOf: 1 } } };
    const text = { type: "message", text: { en: "Hello" } } as const;
    await publish([
      flag("on", true),
      flag("broken", true, { placement: "broken", ...broken }),
      { id: "hello", placement: "top", action: text },
    ]);
    await start();
    expect(client.getBooleanDetails("broken", false)).to.include({
      value: false,
      errorCode: "GENERAL",
      errorMessage: "No rule could be evaluated: broken: unknown_operator.",
    });
    expect(client.getBooleanDetails("top", false)).to.include({ value: false, errorCode: "TYPE_MISMATCH" });
    await origin.settle(tab.vitrine.consent("denied"));
    expect(client.getBooleanDetails("new-checkout", false)).to.include({ value: false, reason: "DISABLED" });
  });
});

import { expect } from "@esm-bundle/chai";
import { fromBase64Url, toBase64Url } from "../../packages/browser/src/ids.ts";
import { verifyRuleset } from "../../packages/browser/src/personal/verifyRuleset.ts";
import { createSigner } from "./support/createSigner.ts";
import { createTestOrigin, type TestOrigin } from "./support/testOrigin.ts";

describe("a ruleset", () => {
  const now = Date.parse("2026-11-02T10:00:00Z");

  it("is refused when any bit of it is changed", async () => {
    const { rulesKey, sign } = await createSigner();
    const signed = await sign({});
    const check = { site: undefined, rulesKey, minVersion: 0, now };
    expect(await verifyRuleset(crypto.subtle, signed, check)).to.include({ version: 1 });
    const signature = fromBase64Url(signed.signature)!;
    for (let bit = 0; bit < signature.length * 8; bit++) {
      const flipped = signature.slice();
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      const forged = { ...signed, signature: toBase64Url(flipped) };
      expect(await verifyRuleset(crypto.subtle, forged, check), `bit ${bit}`).to.equal(undefined);
    }
    for (let at = 0; at < signed.payload.length; at++) {
      const char = String.fromCharCode(signed.payload.charCodeAt(at) ^ 1);
      const forged = {
        ...signed,
        payload: signed.payload.slice(0, at) + char + signed.payload.slice(at + 1),
      };
      expect(await verifyRuleset(crypto.subtle, forged, check), `character ${at}`).to.equal(undefined);
    }
  });

  it("is refused with another spelling of the signature, another site, a lower version, past its end, without WebCrypto", async () => {
    const { rulesKey, sign } = await createSigner();
    const signed = await sign({ version: 5 });
    const check = { site: "main", rulesKey, minVersion: 5, now };
    const verify = (
      changed: object,
      value: unknown = signed,
      subtle: SubtleCrypto | undefined = crypto.subtle,
    ) => verifyRuleset(subtle, value, { ...check, ...changed });
    expect(await verify({})).to.include({ version: 5 });
    for (const signature of [
      `${signed.signature}=`,
      ` ${signed.signature}`,
      signed.signature.slice(0, -1),
      "",
      "!",
    ]) {
      expect(await verify({}, { ...signed, signature })).to.equal(undefined);
    }
    const last = signed.signature.at(-1)!;
    for (const other of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".replace(
      last,
      "",
    )) {
      // 64 bytes leave two unused bits in the last character: three more spellings that a lax decoder takes.
      expect(await verify({}, { ...signed, signature: signed.signature.slice(0, -1) + other })).to.equal(
        undefined,
      );
    }
    expect(await verify({ site: "other" })).to.equal(undefined);
    expect(await verify({ minVersion: 6 })).to.equal(undefined);
    expect(await verify({ now: 5e12 })).to.equal(undefined);
    expect(await verify({ rulesKey: (await createSigner()).rulesKey })).to.equal(undefined);
    expect(await verify({ rulesKey: undefined })).to.equal(undefined);
    expect(await verifyRuleset(undefined, signed, check)).to.equal(undefined);
    for (const odd of [null, 1, "x", [], {}, { payload: 1, signature: 2 }])
      expect(await verify({}, odd)).to.equal(undefined);
  });
});

describe("rules in a page", () => {
  let origin: TestOrigin;
  beforeEach(() => (origin = createTestOrigin()));
  afterEach(() => origin.close());

  const message = { type: "message", text: { en: "hello" } } as const;
  const rule = { id: "hello", placement: "top", purposes: [], action: message };

  it("are fetched, verified, kept, and applied on the next page without the network", async () => {
    const { rulesKey, sign } = await createSigner();
    origin.collector.rules = await sign({ rules: [rule] });
    const first = origin.open({ rulesKey });
    await origin.until("it is applied", () => first.heard.ruleset!.length);
    expect(first.vitrine.decide("top")).to.include({ reason: "targeting_match", rule: "hello" });
    first.kill();
    origin.collector.intercept = () => {
      throw new TypeError("no network");
    };
    const next = origin.open({ rulesKey });
    await next.vitrine.ready();
    expect(next.vitrine.decide("top").rule).to.equal("hello");
  });

  it("may ask for the time of a zone, and are decided anew by the clock of each decision, but never planned", async () => {
    const { rulesKey, sign } = await createSigner();
    const from = (hour: number) => ({
      "time.Europe/Berlin.hour": { $gte: hour },
      "time.Europe/Berlin.weekday": 1,
    });
    origin.collector.rules = await sign({ rules: [{ ...rule, when: from(12) }] });
    // A Monday in November, 10 o'clock UTC.
    const { vitrine, heard } = origin.open({ rulesKey });
    await origin.until("it is applied", () => heard.ruleset!.length);
    expect(vitrine.decide("top")).to.include({ reason: "default" });
    await origin.advance(60 * 60_000);
    expect(vitrine.decide("top")).to.include({ reason: "targeting_match", rule: "hello" });
    expect(vitrine.decide("top").trace[0]!.clauses.map(({ seen }) => seen)).to.deep.equal([12, 1]);
    await origin.settle(vitrine.flush());
    expect(JSON.stringify([...origin.storage])).not.to.contain("hello");
    // Tuesday there.
    await origin.advance(12 * 60 * 60_000);
    expect(vitrine.decide("top")).to.include({ reason: "default" });
  });

  it("may be for one channel", async () => {
    const { rulesKey, sign } = await createSigner();
    origin.collector.rules = await sign({ rules: [{ ...rule, when: { channel: "web" } }] });
    for (const channel of [undefined, "web", "pos"] as const) {
      const { vitrine, heard } = origin.open({ rulesKey, ...(channel && { channel }) });
      await origin.until("it is applied", () => heard.ruleset!.length);
      expect(vitrine.decide("top").rule).to.equal(channel === "pos" ? undefined : "hello");
    }
  });

  it("may ask for what only the page's code knows, which is neither kept nor sent", async () => {
    const { rulesKey, sign } = await createSigner();
    origin.collector.rules = await sign({ rules: [{ ...rule, when: { "app.plan": "gold-canary" } }] });
    const { vitrine, heard } = origin.open({ rulesKey });
    await origin.until("it is applied", () => heard.ruleset!.length);
    expect(vitrine.decide("top")).to.include({ reason: "default" });
    expect(vitrine.decide("top", { plan: "silver" })).to.include({ reason: "default" });
    expect(vitrine.decide("top", { plan: "gold-canary" })).to.include({ reason: "targeting_match" });
    await origin.settle(vitrine.flush());
    const { rules: _, ...kept } = await origin.dump("kv");
    const sent = origin.collector.requests.map(({ text }) => text);
    expect(JSON.stringify([kept, [...origin.storage], sent])).not.to.contain("gold-canary");
  });

  it("reach an open page over the stream, and the last good ones stay when a forged one comes", async () => {
    const { rulesKey, sign } = await createSigner();
    origin.collector.rules = await sign({ version: 1 });
    const { vitrine, heard } = origin.open({ rulesKey });
    await origin.until("version 1 is applied", () => heard.ruleset!.length);
    await origin.until("the stream is open", () => origin.collector.streams);
    origin.collector.rules = await sign({ version: 2, rules: [rule] });
    origin.collector.push({ revision: 0, rules: 2 });
    await origin.until("version 2 is applied", () => heard.ruleset!.length === 2);
    const genuine = await sign({ version: 3 });
    origin.collector.rules = { ...genuine, payload: genuine.payload.replace("main", "mine") };
    origin.collector.push({ revision: 0, rules: 3 });
    await origin.until("it is refused", () => heard.error!.length);
    expect(heard.error).to.deep.equal([{ code: "rules_refused", cause: undefined }]);
    expect(vitrine.decide("top")).to.include({ version: 2, rule: "hello" });
    expect(heard.ruleset).to.have.length(2);
  });

  const streamFails: [how: string, answer: (signal: AbortSignal) => Promise<Response>][] = [
    ["is not there", async () => new Response(null, { status: 404 })],
    ["is not implemented", async () => new Response(null, { status: 501 })],
    ["ends at once", async () => new Response("")],
    ["is blocked", () => Promise.reject(new TypeError("blocked"))],
    [
      "is held back by a proxy",
      (signal) =>
        new Promise((_, reject) => {
          signal.addEventListener("abort", () => reject(new DOMException("silence", "AbortError")));
        }),
    ],
  ];
  for (const [how, answer] of streamFails) {
    it(`are asked for where the stream ${how}, as the profile is`, async () => {
      const { rulesKey, sign } = await createSigner();
      origin.collector.rules = await sign({ version: 1 });
      origin.collector.intercept = ({ path, init }) => (path === "stream" ? answer(init.signal!) : undefined);
      const { vitrine, heard } = origin.open({ rulesKey });
      void vitrine.track("Product Viewed", { product_id: "B4" });
      await origin.pass("version 1 is applied", () => heard.ruleset!.length);
      await origin.settle(vitrine.flush());
      origin.collector.rules = await sign({ version: 2, rules: [rule] });
      await origin.advance(60_000); // silence is heard after 45 s
      await origin.pass("version 2 is applied", () => heard.ruleset!.length === 2, 5000);
      expect(vitrine.decide("top")).to.include({ version: 2, rule: "hello" });
      await origin.pass("the profile came", async () => (await origin.dump("kv")).snapshot, 5000);
    });
  }

  it("are asked for within 20 minutes, with fewer than 300 requests a day", async () => {
    const { rulesKey, sign } = await createSigner();
    origin.collector.rules = await sign({ version: 1 });
    origin.collector.intercept = ({ path }) =>
      path === "stream" ? new Response(null, { status: 501 }) : undefined;
    const { vitrine } = origin.open({ rulesKey });
    void vitrine.track("Product Viewed", { product_id: "B4" });
    await vitrine.ready();
    const asked: number[] = [];
    let seen = 0;
    for (let minute = 0; minute < 24 * 60; minute += 2) {
      await origin.advance(120_000);
      const fresh = origin.collector.requests.slice(seen);
      seen = origin.collector.requests.length;
      if (fresh.some(({ path }) => path === "rules")) asked.push(origin.now());
    }
    expect(seen).to.be.lessThan(300).and.greaterThan(100);
    const waits = asked.slice(1).map((at, i) => at - asked[i]!);
    expect(Math.max(...waits)).to.be.at.most(22 * 60_000, "20 minutes, looked at every other one");
  });

  it("reach the other tabs of the origin", async () => {
    const { rulesKey, sign } = await createSigner();
    origin.collector.rules = await sign({ version: 1 });
    const tabs = [origin.open({ rulesKey }), origin.open({ rulesKey })];
    await origin.until("both have version 1", () => tabs.every(({ heard }) => heard.ruleset!.length));
    await origin.until("one holds the stream", () => origin.collector.streams);
    await origin.advance(100);
    expect(origin.collector.streams).to.equal(1);
    origin.collector.rules = await sign({ version: 2 });
    origin.collector.push({ revision: 0, rules: 2 });
    await origin.pass("both have version 2", () =>
      tabs.every(({ heard }) => heard.ruleset!.some((one) => (one as { version: number }).version === 2)),
    );
  });

  it("are not asked for without a key, and none is applied from a store that was tampered with", async () => {
    const { rulesKey, sign } = await createSigner();
    origin.collector.rules = await sign({ rules: [rule] });
    const first = origin.open({ rulesKey });
    await origin.until("it is applied", () => first.heard.ruleset!.length);
    first.kill();
    origin.collector.rules = undefined;
    const { rulesKey: other } = await createSigner();
    const next = origin.open({ rulesKey: other });
    await next.vitrine.ready();
    expect(next.vitrine.decide("top").reason).to.equal("disabled");
    next.kill();
    const before = origin.collector.requests.length;
    const last = origin.open();
    await last.vitrine.ready();
    expect(last.vitrine.decide("top").reason).to.equal("disabled");
    expect(origin.collector.requests.slice(before).some(({ path }) => path === "rules")).to.equal(false);
  });
});

describe("rules with an action that a page does not have yet", () => {
  let origin: TestOrigin;
  beforeEach(() => (origin = createTestOrigin()));
  afterEach(() => origin.close());

  const signIn = {
    type: "identifyPrompt",
    text: { en: "Sign in to see your orders." },
    label: { en: "Sign in" },
    href: "/account",
  } as const;
  const hello = { type: "message", text: { en: "hello" } } as const;
  const rules = [
    { id: "sign-in", placement: "top", purposes: [], priority: 2, action: signIn },
    { id: "hello", placement: "top", purposes: [], priority: 1, action: hello },
    { id: "other", placement: "other", purposes: [], action: hello },
  ];

  it("leave their placement to the shop until it came, and never to a rule of lower rank", async () => {
    const { rulesKey, sign } = await createSigner();
    origin.collector.rules = await sign({ rules });
    const { vitrine, heard } = origin.open({ rulesKey });
    await origin.until("it is applied", () => heard.ruleset!.length);
    const first = vitrine.decide("top");
    expect(first).to.include({ reason: "default" });
    expect(first.rule).to.equal(undefined);
    expect(vitrine.decide("other").rule).to.equal("other");
    await origin.pass("the action is here", () => vitrine.decide("top").rule === "sign-in");
    expect(heard.error).to.deep.equal([]);
  });

  it("are not asked of somebody whom the page knows", async () => {
    const { rulesKey, sign } = await createSigner();
    origin.collector.rules = await sign({ rules });
    const { vitrine, heard } = origin.open({ rulesKey });
    void vitrine.identify("ada");
    await origin.until("it is applied", () => heard.ruleset!.length);
    await origin.pass("the action is here", () => vitrine.decide("top").rule === "hello");
  });
});

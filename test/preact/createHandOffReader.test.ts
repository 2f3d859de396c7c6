import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { foldAll, type JsonObject, type Ruleset, type TimedEvent } from "@vitrine/core";
import { createHandOffReader, handOffElement, type HandOffReader } from "@vitrine/preact/server";
import { createSigner, type Signer } from "../browser/support/createSigner.ts";

const NOW = Date.parse("2026-11-02T10:00:00Z");
const SECRET = "s".repeat(43);
const COOKIE = `other=1; vitrine_device=${SECRET}`;

const skirt = (consent: string[]): TimedEvent =>
  ({
    type: "track",
    event: "Product Viewed",
    messageId: "m1",
    anonymousId: "d_ada",
    timestamp: NOW - 86_400_000,
    time: NOW - 86_400_000,
    properties: { product_id: "B4", name: "Lia", category: "skirts", url: "/p/B4" },
    traits: {},
    context: { consent },
  }) as unknown as TimedEvent;
describe("what a server hands over", () => {
  let signer: Signer;
  let asked: { url: URL; authorization: string | null }[];
  let ruleset: Partial<Ruleset>;
  let fold: ReturnType<typeof foldAll>;
  let answer: (path: string) => Promise<Response> | undefined;

  beforeEach(async () => {
    signer = await createSigner();
    asked = [];
    fold = foldAll([skirt(["analytics", "personalization"])]);
    ruleset = {
      rules: [
        {
          id: "continue",
          placement: "hero",
          when: { "profile.lastViewed.category": { $exists: true }, "session.isNew": true },
          action: { type: "continueCategory", title: { en: "Still looking for {category}?" } },
        },
      ],
    };
    answer = () => undefined;
  });

  const reader = (more: object = {}): HandOffReader =>
    createHandOffReader({
      site: "vs_test",
      endpoint: "https://vitrine.test/v1",
      rulesKey: signer.rulesKey,
      granted: ["analytics", "personalization"],
      now: () => NOW,
      fetch: async (address, init) => {
        const url = new URL(address as string);
        asked.push({ url, authorization: new Headers(init?.headers).get("authorization") });
        const other = answer(url.pathname);
        if (other) return other;
        return Response.json(
          url.pathname.endsWith("rules") ? await signer.sign(ruleset) : { anonymousId: "d_ada", fold },
        );
      },
      ...more,
    });
  const page = { cookie: COOKIE, url: new URL("https://shop.test/"), language: "en" };

  it("is decided from the profile of the device's cookie, without how and by which events", async () => {
    const { decisions } = await reader()(page);
    assert.deepEqual(Object.keys(decisions), ["hero"]);
    const { outcome, evidence, trace, rule } = decisions["hero"]!;
    assert.equal((outcome as { title: string }).title, "Still looking for skirts?");
    assert.deepEqual([rule, evidence, trace], ["continue", [], []]);
    const profile = asked.find(({ url }) => url.pathname === "/v1/profile");
    assert.equal(profile?.authorization, `Bearer ${SECRET}`);
    assert.equal(asked.find(({ url }) => url.pathname === "/v1/rules")?.authorization, null);
  });

  it("knows by the cookie of the last activity whether a session begins", async () => {
    const cookieOf = (minutes: number) => `${COOKIE}; vitrine_last=${NOW - minutes * 60_000}`;
    const within = await reader()({ ...page, cookie: cookieOf(29) });
    assert.deepEqual(within.decisions, {});
    const later = await reader()({ ...page, cookie: cookieOf(30) });
    assert.deepEqual(Object.keys(later.decisions), ["hero"]);
  });

  it("is nothing without the cookie, and nobody is asked", async () => {
    for (const cookie of [undefined, "", "vitrine_device=short", `vitrine_device=${SECRET}x`])
      assert.deepEqual(await reader()({ ...page, cookie }), { decisions: {} });
    assert.deepEqual(asked, []);
  });

  it("is nothing where the person did not agree", async () => {
    assert.deepEqual(await reader({ granted: undefined })(page), { decisions: {} });
    fold = foldAll([skirt(["analytics", "personalization"])]);
    fold.consent = { ...fold.consent, personalization: { t: NOW, i: "z", v: "denied" } } as never;
    assert.deepEqual(await reader()(page), { decisions: {} });
  });

  it("leaves a rule with a cap to the page, which knows how often it was shown", async () => {
    const [rule] = ruleset.rules!;
    ruleset = { rules: [{ ...rule!, cap: { per: "session", max: 9 } }] };
    assert.deepEqual(await reader()(page), { decisions: {} });
  });

  it("leaves a rule that asks the visitor's own clock to the page, and decides what asks a zone's", async () => {
    const [rule] = ruleset.rules!;
    const asking = (zone: string) => ({ ...rule!, when: { [`time.${zone}.hour`]: { $gte: 0 } } });
    ruleset = { rules: [asking("local")] };
    assert.deepEqual(await reader()(page), { decisions: {} });
    ruleset = { rules: [asking("Europe/Berlin")] };
    assert.deepEqual(Object.keys((await reader()(page)).decisions), ["hero"]);
  });

  it("leaves a rule that asks for the device, or where it is, to the page, with what stands behind it", async () => {
    const [rule] = ruleset.rules!;
    const asking = (when: JsonObject) => ({ ...rule!, id: "first", priority: 9, when });
    for (const fact of ["device.touch", "geo.country"]) {
      ruleset = { rules: [rule!, asking({ [fact]: { $exists: true } })] };
      assert.deepEqual(await reader()(page), { decisions: {} });
      // Somewhere else it keeps nothing from the reader.
      ruleset = { rules: [rule!, { ...asking({ [fact]: { $exists: true } }), placement: "aside" }] };
      assert.deepEqual(Object.keys((await reader()(page)).decisions), ["hero"]);
    }
    ruleset = { rules: [rule!, { ...asking({ "geo.country": "DE" }), priority: -1 }] };
    assert.deepEqual(Object.keys((await reader()(page)).decisions), ["hero"]);
  });

  it("is nothing when Vitrine is down, slow, says no, or its rules are not the site's", async () => {
    const answers: (() => Promise<Response>)[] = [
      () => Promise.reject(new TypeError("refused")),
      async () => new Response(null, { status: 503 }),
      async () => new Response("<html>"),
      async () => Response.json(await (await createSigner()).sign(ruleset)),
    ];
    for (const one of answers) {
      answer = one;
      assert.deepEqual(await reader()(page), { decisions: {} });
    }
  });

  it("goes by the rules of either key while the site's keys change", async () => {
    const { rulesKey } = await createSigner();
    for (const held of [`${rulesKey} ${signer.rulesKey}`, `${signer.rulesKey} ${rulesKey}`])
      assert.deepEqual(Object.keys((await reader({ rulesKey: held })(page)).decisions), ["hero"]);
  });

  it("asks for rules once in a while, and keeps the last good ones", async () => {
    let now = NOW;
    const read = reader({ now: () => now });
    const timesAsked = () => asked.filter(({ url }) => url.pathname === "/v1/rules").length;
    await read(page);
    await read(page);
    assert.equal(timesAsked(), 1);
    now += 5000;
    answer = (path) => (path.endsWith("rules") ? Promise.resolve(new Response("<html>")) : undefined);
    assert.deepEqual((await read(page)).decisions, {}, "what is no answer fails this page alone");
    answer = (path) =>
      path.endsWith("rules") ? Promise.resolve(new Response(null, { status: 204 })) : undefined;
    assert.deepEqual(Object.keys((await read(page)).decisions), ["hero"]);
    assert.equal(timesAsked(), 3);
  });

  it("cannot end the element that carries it", () => {
    const title = "</script><script>alert(1)</script><!--";
    const outcome = { type: "message", title, products: [] } as const;
    const element = handOffElement({
      decisions: {
        hero: { placement: "hero", reason: "default", outcome, evidence: [], trace: [] } as never,
      },
    });
    assert.equal(element.match(/</g)?.length, 2);
    assert.ok(element.includes("\\u003c/script>"));
  });
});

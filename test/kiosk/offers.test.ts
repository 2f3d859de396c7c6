import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import {
  emptyFold,
  profileView,
  type ProfileView,
  type Rule,
  type Ruleset,
  type SizeVote,
} from "@vitrine/core";
import { keepRules } from "../../kiosk/shell/src/shared/keepRules.ts";
import type { Kiosk } from "../../kiosk/shell/src/shared/kiosk.ts";
import { usualSizesOf } from "../../kiosk/src/looks/usualSizesOf.ts";
import { offersOf } from "../../kiosk/src/offers/offersOf.ts";
import type { Lease } from "../../kiosk/src/session/lease.ts";
import type { CallAnswer } from "../../kiosk/src/shell.ts";

const NOW = Date.parse("2026-11-23T10:00:00Z");
const product = { id: "k1", name: "Skirt", sizeSystem: "INT", sizeGroup: "bottoms" };
const profile: ProfileView = { ...profileView(emptyFold(), NOW), recent: [product] };
const lease: Lease = { id: "l1", state: "open", profile };

const screen = (id: string, priority: number, more: Partial<Rule> = {}): Rule => ({
  id,
  placement: id,
  priority,
  because: { en: "Because you looked at {product}.", de: "Weil Sie {product} angesehen haben." },
  action: { type: "screen", list: "recent" },
  ...more,
});
const rulesOf = (...rules: Rule[]): Ruleset => ({ site: "s", version: 3, notAfter: NOW + 1000, rules });

describe("offers", () => {
  it("are one for each placement of a mirror's rule, the highest priority first, three at most", () => {
    const rules = rulesOf(
      ...["a", "b", "c", "d"].map((id, i) => screen(id, i)),
      screen("d2", 9, { placement: "d", when: { "profile.cart.count": { $gt: 0 } } }),
      { id: "web", placement: "home", priority: 99, action: { type: "message", text: { en: "Hi" } } },
    );
    const offers = offersOf(rules, lease, "de", NOW);
    assert.deepEqual(
      offers.map(({ placement }) => placement),
      ["d", "c", "b"],
    );
    assert.equal(offers[0]?.because, "Weil Sie Skirt angesehen haben.");
    assert.deepEqual(offers[0]?.outcome.items, [product]);
  });

  it("are those of rules for shops, and not of rules for pages", () => {
    const of = (channel: string) => screen(channel, 1, { when: { channel } });
    const rules = rulesOf(of("store"), of("web"), of("pos"));
    assert.deepEqual(
      offersOf(rules, lease, "en", NOW).map(({ placement }) => placement),
      ["store"],
    );
  });

  it("are none without rules or with expired ones, without a profile, and of a lease that is not open", () => {
    const rules = rulesOf(screen("a", 1));
    assert.equal(offersOf(rules, lease, "en", NOW).length, 1);
    assert.deepEqual(offersOf(undefined, lease, "en", NOW), []);
    assert.deepEqual(offersOf(rules, lease, "en", NOW + 1000), []);
    assert.deepEqual(offersOf(rules, undefined, "en", NOW), []);
    assert.deepEqual(offersOf(rules, { id: "l1", state: "open" }, "en", NOW), []);
    assert.deepEqual(offersOf(rules, { ...lease, state: "locked" }, "en", NOW), []);
  });

  it("need every purpose of their rule: that she lent her profile is her word for personalization alone", () => {
    const rules = rulesOf(screen("a", 1, { purposes: ["personalization", "marketing"] }));
    assert.deepEqual(offersOf(rules, lease, "en", NOW), []);
    const granted = { ...profile, consent: { marketing: "granted" as const } };
    assert.equal(offersOf(rules, { ...lease, profile: granted }, "en", NOW).length, 1);
  });
});

describe("her usual size of an article", () => {
  const vote: SizeVote = {
    kind: "kept",
    group: "bottoms",
    system: "INT",
    department: "",
    brand: "",
    label: "M",
    time: NOW,
    messageId: "m1",
  };
  const known = { ...profile, sizes: [vote] };

  it("is known where the catalogue says nothing of its sizes, but a page did on which she looked at it", () => {
    assert.deepEqual(usualSizesOf({ sku: "k1", name: "Skirt" }, known), ["M"]);
    assert.deepEqual(usualSizesOf({ sku: "k2", name: "Another" }, known), []);
    assert.deepEqual(usualSizesOf({ sku: "k1", name: "Skirt" }, undefined), []);
  });
});

describe("the shell keeps the last good rules", () => {
  const signed = { payload: "{}", signature: "s", kid: "k" };

  /** A kiosk whose server answers what the test sets. */
  function setUp(t: TestContext) {
    const folder = mkdtempSync(join(tmpdir(), "vitrine-rules-"));
    t.after(() => rmSync(folder, { recursive: true }));
    const file = join(folder, "rules.json");
    const server: { answer: CallAnswer } = { answer: { status: 0, body: undefined } };
    const kiosk: Kiosk = {
      identity: () => undefined,
      eventKey: () => undefined,
      learnKeys: () => undefined,
      enrol: () => Promise.resolve(),
      call: () => Promise.resolve(server.answer),
    };
    return { file, server, ask: (path: string) => keepRules(kiosk, file).call("GET", path) };
  }

  it("and answers with them when the server cannot, or fails", async (t) => {
    const { server, ask } = setUp(t);
    assert.equal((await ask("/v1/kiosk/rules")).status, 0, "there were none yet");
    server.answer = { status: 200, body: signed };
    await ask("/v1/kiosk/rules");
    for (const status of [0, 500, 503]) {
      server.answer = { status, body: undefined };
      assert.deepEqual(await ask("/v1/kiosk/rules"), { status: 200, body: signed }, String(status));
      assert.equal((await ask("/v1/kiosk/rules?known=3")).status, status, "who has some keeps those");
    }
    server.answer = { status: 401, body: undefined };
    assert.equal((await ask("/v1/kiosk/rules")).status, 401, "a kiosk that was revoked has none");
    server.answer = { status: 204, body: undefined };
    assert.equal((await ask("/v1/kiosk/rules")).status, 204, "nor one whose shop has none");
  });

  it("and nothing else", async (t) => {
    const { file, server, ask } = setUp(t);
    server.answer = { status: 200, body: { secret: true } };
    await ask("/v1/kiosk/leases/l1");
    server.answer = { status: 0, body: undefined };
    assert.equal((await ask("/v1/kiosk/leases/l1")).status, 0);
    assert.throws(() => readFileSync(file), /ENOENT/);
    writeFileSync(file, "{ torn");
    assert.equal((await ask("/v1/kiosk/rules")).status, 0, "a torn file is as good as none");
  });
});

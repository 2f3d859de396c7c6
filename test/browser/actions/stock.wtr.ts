import { expect } from "@esm-bundle/chai";
import type { DecisionInput, Rule } from "../../../packages/core/src/index.ts";
import type { ActionsHost } from "../../../packages/browser/src/actions/index.ts";
import { createStock } from "../../../packages/browser/src/actions/stock.ts";
import { microtasks } from "../support/frames.ts";

/** An answer is read in several tasks; there is nothing else to wait for where it changes nothing. */
const settled = async () => {
  for (let task = 0; task < 20; task++) await microtasks();
};

const RULE: Rule = {
  id: "near",
  placement: "p",
  action: { type: "availability", text: { en: "{count}" }, store: "old" },
};

describe("the stock of a store", () => {
  let asked: [url: string, init: RequestInit | undefined][];
  let answers: (() => Response | Promise<Response>)[];
  let now: number;
  let changes: number;

  const start = (rules: unknown[] = [null, RULE]) =>
    createStock({
      _engine: {
        _config: { endpoint: "https://v.example/v1", site: "vs_1" },
        _now: () => now,
        _fetch: async (url: string, init?: RequestInit) => {
          asked.push([url, init]);
          return answers.shift()!();
        },
      },
      _input: () =>
        ({
          ruleset: { rules },
          profile: { lastViewed: {}, stores: { visited: {} } },
          context: { page: { product: { id: "S1" } } },
        }) as unknown as DecisionInput,
      _changed: () => changes++,
    } as unknown as ActionsHost);
  const sizes = [
    { size: "37", quantity: 0 },
    { size: "38", quantity: 2 },
  ];
  const found = () => Response.json({ sku: "S1", store: "old", at: 5, sizes });
  const broken = () => Promise.reject(new TypeError("offline"));

  beforeEach(() => {
    [asked, answers, now, changes] = [[], [], 1e12, 0];
  });

  it("is asked by the public key alone, kept for minutes, and says what is there", async () => {
    const stock = start();
    answers = [found, found];
    stock.update();
    stock.update();
    await settled();
    expect(asked).to.deep.equal([
      ["https://v.example/v1/stock?site=vs_1&store=old&sku=S1", { cache: "default" }],
    ]);
    expect(stock.facts).to.deep.equal([
      { sku: "S1", store: "old", at: 5, sizes: [{ size: "38", quantity: 2 }] },
    ]);
    expect(changes).to.equal(1);
    now += 300_000;
    stock.update();
    await settled();
    expect([asked.length, stock.facts.length]).to.deep.equal([2, 1]);
  });

  it("comes from the browser's copy offline, as old as it says it is", async () => {
    const stock = start();
    answers = [broken, found];
    stock.update();
    await settled();
    expect(asked.map(([, init]) => init!.cache)).to.deep.equal(["default", "force-cache"]);
    expect(stock.facts[0]!.at).to.equal(5);
  });

  it("is unknown where nobody can say it", async () => {
    for (const answer of [
      () => new Response("", { status: 404 }),
      () => Response.json({ at: null, sizes: [] }),
      () => Response.json(null),
      () => new Response("<html>"),
    ]) {
      const stock = start();
      answers = [answer];
      stock.update();
      await settled();
      expect(stock.facts).to.deep.equal([]);
    }
    expect(changes).to.equal(0);
  });
});

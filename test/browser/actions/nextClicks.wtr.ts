import { expect } from "@esm-bundle/chai";
import type { NextClicks } from "../../../packages/core/src/index.ts";
import type { ActionsHost } from "../../../packages/browser/src/actions/index.ts";
import { createNextClicks } from "../../../packages/browser/src/actions/nextClicks.ts";
import { verifyRuleset } from "../../../packages/browser/src/personal/verifyRuleset.ts";
import { verifySigned } from "../../../packages/browser/src/personal/verifySigned.ts";
import { createSigner, type Signer } from "../support/createSigner.ts";

const NOW = 1e12;
const TABLE = { items: ["A", "B"], next: [[1], []], products: { B: { id: "B", name: "Scarf" } } };

describe("what is clicked next", () => {
  let signer: Signer;
  let tables: NextClicks[];
  let asked: string[];

  const start = (signed: unknown, types: string[] = ["recommend"]) => {
    let done = () => {};
    const answered = new Promise<void>((resolve) => (done = resolve));
    const host = {
      _engine: {
        _config: { endpoint: "https://v.example/v1", site: "vs_1" },
        _ruleset: { site: "main", rules: types.map((type) => ({ action: { type } })) },
        _consent: {},
        _now: () => NOW,
        _cancel: () => {},
        _fetch: async (url: string) => {
          asked.push(url);
          return Response.json(signed);
        },
      },
      _input: () => ({ profile: { recent: [] }, fold: {} }),
      _verify: async (one: unknown) => {
        const said = await verifySigned(crypto.subtle, one, signer.rulesKey);
        setTimeout(done);
        return said;
      },
      _changed: () => {},
    } as unknown as ActionsHost;
    const next = createNextClicks(host, (table) => tables.push(table));
    next.update();
    return { next, answered };
  };
  const sign = (more: object) => {
    const payload = { kind: "next", rules: undefined, notAfter: NOW + 1, ...TABLE, ...more };
    return signer.sign(payload as never);
  };

  beforeEach(async () => {
    signer = await createSigner();
    [tables, asked] = [[], []];
  });

  it("is read where a rule recommends, once in an hour, and handed on", async () => {
    const { next, answered } = start(await sign({}));
    await answered;
    next.update();
    expect(asked).to.deep.equal(["https://v.example/v1/next?site=vs_1"]);
    expect(tables[0]).to.deep.include(TABLE);
    start({}, ["reorder"]);
    expect(asked.length).to.equal(1);
  });

  it("is nothing when it is forged, of another site, expired, no table, or a ruleset", async () => {
    const genuine = await sign({});
    for (const odd of [
      { ...genuine, payload: genuine.payload.replace("Scarf", "Boots") },
      await sign({ site: "other" }),
      await sign({ notAfter: NOW }),
      await sign({ items: 3 }),
      await sign({ kind: undefined, rules: [] }),
      null,
    ])
      await start(odd).answered;
    expect(tables).to.deep.equal([]);
  });

  it("does not pass for a ruleset", async () => {
    const check = { site: "main", rulesKey: signer.rulesKey, minVersion: 0, now: NOW };
    expect(await verifyRuleset(crypto.subtle, await sign({}), check)).to.equal(undefined);
  });
});

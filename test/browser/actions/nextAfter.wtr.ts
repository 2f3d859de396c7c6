import { expect } from "@esm-bundle/chai";
import type { NextClicks } from "../../../packages/core/src/index.ts";
import type { ActionsHost } from "../../../packages/browser/src/actions/index.ts";
import { createNextClicks } from "../../../packages/browser/src/actions/nextClicks.ts";
import { verifySigned } from "../../../packages/browser/src/personal/verifySigned.ts";
import { createSigner, type Signer } from "../support/createSigner.ts";

const NOW = 1e12;
const MINUTE_MS = 60_000;
const TABLE = { items: ["A", "B"], next: [[1], []], products: { B: { id: "B", name: "Scarf" } } };
const ANSWER = { items: ["A", "C"], next: [[1]], products: { C: { id: "C", name: "Coat" } }, after: ["A"] };

describe("what is clicked next, where the server answers to the visit", () => {
  let signer: Signer;
  let shown: (string | undefined)[];
  let asked: string[];
  let timers: (() => void)[];
  /** What the server answers to a visit; a test that holds it back decides when. */
  let answer: () => Promise<Response>;
  /** Minutes ago, by article, the newest first. */
  let viewed: Record<string, number>;
  let consent: string;
  let arrived: () => void;
  let verified: () => void;

  const sign = (table: object) =>
    signer.sign({ kind: "next", rules: undefined, notAfter: NOW + 1, ...table } as never);

  /** A page that read its table; resolves each time something is handed on. */
  const start = async (table: object) => {
    const signed = await sign(table);
    const host = {
      _engine: {
        _config: { endpoint: "https://v.example/v1", site: "vs_1" },
        _ruleset: { site: "main", rules: [{ action: { type: "recommend" } }] },
        _consent: { personalization: consent },
        _now: () => NOW,
        _later: (task: () => void) => timers.push(task),
        _cancel: (timer: number) => (timers[timer - 1] = () => {}),
        _fetch: async (url: string) => {
          const { pathname, searchParams } = new URL(url);
          if (pathname === "/v1/next") return Response.json(signed);
          asked.push(searchParams.get("items")!);
          return answer();
        },
      },
      _input: () => ({
        profile: { recent: Object.keys(viewed).map((id) => ({ id })) },
        fold: {
          recent: Object.fromEntries(
            Object.entries(viewed).map(([id, ago]) => [id, { t: NOW - ago * MINUTE_MS }]),
          ),
        },
      }),
      _verify: async (one: unknown) => {
        const said = await verifySigned(crypto.subtle, one, signer.rulesKey);
        setTimeout(() => verified()); // after what is done with it
        return said;
      },
      _changed: () => arrived(),
    } as unknown as ActionsHost;
    const onTable = ({ items }: NextClicks) => shown.push(items[1]);
    return createNextClicks(host, onTable);
  };
  /** Does something and waits until it is shown. */
  const whenShown = (act: () => void) =>
    new Promise<void>((resolve) => {
      arrived = resolve;
      act();
    });
  const lateIsOver = () => timers.forEach((task) => task());
  /** The question is out, and nothing came back. */
  const whenAsked = (act: () => void) =>
    new Promise<void>((resolve) => {
      const held = answer;
      answer = () => {
        answer = held;
        resolve();
        return held();
      };
      act();
    });

  beforeEach(async () => {
    signer = await createSigner();
    [shown, asked, timers] = [[], [], []];
    [viewed, consent] = [{ A: 0 }, "granted"];
    verified = () => {};
    answer = async () => Response.json(await sign(ANSWER));
  });

  it("asks about the newest clicks of the visit, each time she clicks, and shows the answer", async () => {
    viewed = { A: 0, E: 5, F: 31 };
    const page = await start({ ...TABLE, by: "visits" });
    await whenShown(() => page.update());
    page.update();
    expect(asked).to.deep.equal(['["E","A"]']);
    expect(shown).to.deep.equal(["C"]);
    viewed = { G: 0, H: 1, I: 2, J: 3, K: 4 };
    await whenShown(() => page.update());
    expect(asked[1]).to.equal('["J","I","H","G"]');
    lateIsOver();
    expect(shown).to.deep.equal(["C", "C"]);
  });

  it("shows the table when the answer is late, and the answer when it came after all", async () => {
    let come: (answer: Response) => void = () => {};
    answer = () => new Promise((resolve) => (come = resolve));
    const page = await start({ ...TABLE, by: "visits" });
    await whenAsked(() => page.update());
    expect(shown).to.deep.equal([]);
    lateIsOver();
    expect(shown).to.deep.equal(["B"]);
    const signed = await sign(ANSWER);
    await whenShown(() => come(Response.json(signed)));
    expect(shown).to.deep.equal(["B", "C"]);
  });

  it("passes over an answer to clicks that are no longer the newest", async () => {
    let come: (answer: Response) => void = () => {};
    const held = new Promise<Response>((resolve) => (come = resolve));
    const answers = [() => held, async () => Response.json(await sign(ANSWER))];
    answer = () => answers.shift()!();
    const page = await start({ ...TABLE, by: "visits" });
    await whenAsked(() => page.update());
    viewed = { B: 0, A: 1 };
    await whenShown(() => page.update());
    const late = await sign({ ...ANSWER, items: ["A", "old"] });
    await new Promise<void>((resolve) => {
      verified = resolve;
      come(Response.json(late));
    });
    lateIsOver();
    expect(shown).to.deep.equal(["C"]);
  });

  it("shows the table when it is refused, or the answer is forged or of another site", async () => {
    const genuine = await sign(ANSWER);
    for (const odd of [
      new Response(null, { status: 429 }),
      new Response(null, { status: 204 }),
      Response.json({ ...genuine, payload: genuine.payload.replace("Coat", "Boots") }),
      Response.json(await sign({ ...ANSWER, site: "other" })),
    ]) {
      answer = async () => odd;
      const page = await start({ ...TABLE, by: "visits" });
      await whenShown(() => page.update());
    }
    expect(shown).to.deep.equal(["B", "B", "B", "B"]);
  });

  it("shows the table offline", async () => {
    answer = () => Promise.reject(new TypeError("offline"));
    const page = await start({ ...TABLE, by: "visits" });
    await whenAsked(() => page.update());
    await whenShown(lateIsOver);
    expect(shown).to.deep.equal(["B"]);
  });

  it("asks nothing where the table foretells as well, before consent, or before a click", async () => {
    const ask = async (table: object) => {
      const page = await start(table);
      await whenShown(() => page.update());
    };
    await ask({ ...TABLE, by: "rules" });
    await ask(TABLE);
    for (consent of ["pending", "denied"]) await ask({ ...TABLE, by: "visits" });
    [consent, viewed] = ["granted", {}];
    await ask({ ...TABLE, by: "visits" });
    expect(asked).to.deep.equal([]);
    expect(shown.length).to.equal(5);
  });
});

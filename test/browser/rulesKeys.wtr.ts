import { expect } from "@esm-bundle/chai";
import type { Rule } from "@vitrine/core";
import { verifySigned } from "../../packages/browser/src/personal/verifySigned.ts";
import { createSigner, type Signer } from "./support/createSigner.ts";
import { createTestOrigin, type TestOrigin } from "./support/testOrigin.ts";

const hello: Rule = {
  id: "hello",
  placement: "top",
  purposes: [],
  action: { type: "message", text: { en: "hello" } },
};

describe("what a site signed, where a page holds several keys", () => {
  let old: Signer;
  let next: Signer;
  before(async () => {
    [old, next] = [await createSigner(), await createSigner()];
  });

  const verify = (signed: unknown, rulesKey: string) => verifySigned(crypto.subtle, signed, rulesKey);

  it("is taken by any of them, in any order, however they are parted", async () => {
    const held = [
      `${old.rulesKey} ${next.rulesKey}`,
      `${next.rulesKey}\n    ${old.rulesKey}`,
      ` ${old.rulesKey}  ${next.rulesKey} `,
      `not-a-key ${old.rulesKey.slice(1)} ${old.rulesKey} ${next.rulesKey}`,
    ];
    for (const rulesKey of held)
      for (const { sign } of [old, next])
        expect(await verify(await sign({ version: 7 }), rulesKey), rulesKey).to.include({ version: 7 });
  });

  it("is tried with each where it names none, and with the named one alone where it does", async () => {
    const both = `${old.rulesKey} ${next.rulesKey}`;
    for (const { sign } of [old, next]) {
      const { kid: _, ...nameless } = await sign({});
      expect(await verify(nameless, both)).to.include({ version: 1 });
    }
    const byNext = await next.sign({});
    expect(await verify({ ...byNext, kid: old.kid }, both), "named is the other one").to.equal(undefined);
    for (const kid of ["AAAAAAAA", `${next.kid}A`, 7, {}, [old.kid]])
      expect(await verify({ ...byNext, kid }, both), "named is none of them").not.to.be.an("object");
  });

  it("is refused by the name of a key that was dropped, and without its name", async () => {
    const byOld = await old.sign({});
    expect(await verify(byOld, next.rulesKey)).to.equal(null);
    expect(await verify({ ...byOld, kid: next.kid }, next.rulesKey)).to.equal(undefined);
    expect(await verify({ ...byOld, kid: "" }, next.rulesKey)).to.equal(undefined);
  });
});

describe("rules in a page while the site's key changes", () => {
  let origin: TestOrigin;
  let old: Signer;
  let next: Signer;
  beforeEach(async () => {
    origin = createTestOrigin();
    [old, next] = [await createSigner(), await createSigner()];
  });
  afterEach(() => origin.close());

  const publish = async (signer: Signer, version: number) => {
    origin.collector.rules = await signer.sign({ version, rules: [hello] });
    origin.collector.push({ revision: 0, rules: version });
  };

  /** A page that goes by version 1 of the old key, and listens. */
  const openPage = async (rulesKey: string) => {
    origin.collector.rules = await old.sign({ version: 1, rules: [hello] });
    const tab = origin.open({ rulesKey });
    await origin.until("version 1 is applied", () => tab.heard.ruleset!.length);
    await origin.until("the stream is open", () => origin.collector.streams);
    return tab;
  };

  it("come from the next key without a reload, and the old key's older ones do not come back", async () => {
    const { vitrine, heard } = await openPage(`${old.rulesKey} ${next.rulesKey}`);
    await publish(next, 2);
    await origin.until("version 2 is applied", () => heard.ruleset!.length === 2);
    await publish(old, 1);
    await origin.until("the replay is refused", () => heard.error!.length);
    expect(heard.error).to.deep.equal([{ code: "rules_refused", cause: undefined }]);
    expect(vitrine.decide("top")).to.include({ version: 2, rule: "hello" });
  });

  it("stay where a page has the old key alone, and it says which key is missing", async () => {
    const { vitrine, heard, kill } = await openPage(old.rulesKey);
    await publish(next, 2);
    await origin.until("they are refused", () => heard.error!.length);
    expect(heard.error).to.deep.equal([
      { code: "rules_refused", cause: `data-rules-key has no ${next.kid}` },
    ]);
    expect(vitrine.decide("top")).to.include({ version: 1, rule: "hello" });
    kill();
    const later = origin.open({ rulesKey: old.rulesKey });
    await later.vitrine.ready();
    expect(later.vitrine.decide("top"), "the last good ones, from the disk").to.include({ version: 1 });
    later.kill();
    const updated = origin.open({ rulesKey: `${next.rulesKey} ${old.rulesKey}` });
    await origin.until("version 2 is applied", () => updated.vitrine.decide("top").version === 2);
  });

  it("of a key that was dropped are gone with it, however high their version", async () => {
    const { heard, kill } = await openPage(`${old.rulesKey} ${next.rulesKey}`);
    await publish(old, 1e15);
    await origin.until("what a thief signed is applied", () => heard.ruleset!.length === 2);
    kill();
    origin.collector.rules = await next.sign({ version: 2, rules: [hello] });
    const { vitrine, heard: said } = origin.open({ rulesKey: next.rulesKey });
    await origin.until("the site's own are back", () => vitrine.decide("top").version === 2);
    expect(said.error).to.deep.equal([{ code: "rules_refused", cause: `data-rules-key has no ${old.kid}` }]);
  });
});

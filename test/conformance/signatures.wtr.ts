import { expect } from "@esm-bundle/chai";
import { judgeSignatures, type SignatureCases } from "./judgeSignatures.ts";

const file = new URL("cases/wycheproof/ecdsa-p256-p1363.json", import.meta.url);
const cases = (await (await fetch(file)).json()) as SignatureCases;

describe("Wycheproof's ECDSA P-256 vectors", () => {
  it("are taken by what verifies rules in this engine when they are valid, and only then", async () => {
    const judged = await judgeSignatures(cases);
    expect(judged).to.have.length(262);
    expect(judged.filter(({ expected, verdict }) => expected !== verdict)).to.deep.equal([]);
  });
});

import { expect } from "@esm-bundle/chai";
import { cacheGuard } from "../../packages/service-worker/src/cacheGuard.ts";

const MAX_BYTES = 1000;

/** True when the guard lets a response into a cache. */
async function isKept(response: Response, mayKeep: boolean = true): Promise<boolean> {
  const { cacheWillUpdate } = cacheGuard(MAX_BYTES, () => Promise.resolve(mayKeep));
  const request = new Request(location.href);
  return !!(await cacheWillUpdate!({ request, response, event: new Event("fetch") as never }));
}

const answer = (size: number, init?: ResponseInit) => new Response("x".repeat(size), init);

describe("the guard of the caches", () => {
  it("lets in what is whole, readable and small", async () => {
    expect(await isKept(answer(MAX_BYTES))).to.equal(true);
  });

  it("keeps out what is too large, whatever its header says", async () => {
    expect(await isKept(answer(MAX_BYTES + 1))).to.equal(false);
    expect(await isKept(answer(MAX_BYTES + 1, { headers: { "content-length": "10" } }))).to.equal(false);
    expect(await isKept(answer(1, { headers: { "content-length": `${MAX_BYTES + 1}` } }))).to.equal(false);
  });

  it("keeps out errors, parts, and what must not be stored", async () => {
    for (const status of [203, 206, 404, 500]) expect(await isKept(answer(1, { status }))).to.equal(false);
    expect(await isKept(answer(1, { headers: { "cache-control": "private, no-store" } }))).to.equal(false);
  });

  it("keeps out another origin's answer that nobody can look into", async () => {
    const other = new URL(location.href);
    other.hostname = other.hostname === "localhost" ? "127.0.0.1" : "localhost";
    const opaque = await fetch(other, { mode: "no-cors" });
    expect(opaque.type).to.equal("opaque");
    expect(await isKept(opaque)).to.equal(false);
  });

  it("keeps out what the person does not allow", async () => {
    expect(await isKept(answer(1), false)).to.equal(false);
  });
});

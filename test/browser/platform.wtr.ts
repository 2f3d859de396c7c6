import { expect } from "@esm-bundle/chai";
import { browserPlatform } from "../../packages/browser/src/platform.ts";
import { describeWith } from "./support/capabilities.ts";
import { createTestOrigin } from "./support/testOrigin.ts";

describe("the platform of a page", () => {
  it("has in every engine what delivery and rules stand on", () => {
    const { _indexedDB, _locks, _subtle, _storage, _openChannel } = browserPlatform();
    const channel = _openChannel();
    channel?.close();
    expect([_indexedDB, _locks, _subtle, _storage, channel]).not.to.include(undefined);
  });

  it("may say nothing about its quota: events are kept and sent all the same", async () => {
    const origin = createTestOrigin();
    const { vitrine } = origin.open(
      {},
      { _quota: async () => Promise.reject(new TypeError("no estimates")) },
    );
    await vitrine.ready();
    void vitrine.track("Product Viewed", { product_id: "B4" });
    await vitrine.flush();
    expect(origin.collector.accepted.length).to.equal(1);
    await origin.close();
  });
});

describeWith("storage estimates", "the quota of a page", () => {
  it("is what the browser offers its origin", async () => {
    expect(await browserPlatform()._quota()).to.be.above(0);
  });
});

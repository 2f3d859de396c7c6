import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { resolveOptions } from "../../packages/server/src/options.ts";
import { asAdmin } from "./support/kiosks.ts";
import { newDevice, runVitrine, viewed, type Running } from "./support/runVitrine.ts";

const HEADERS = { trustProxy: true, countryHeader: "CF-IPCountry", regionHeader: "CF-Region-Code" };

/** What a device is told of where it is, when its request came with these headers. */
async function heardBy(running: Running, headers: Record<string, string>): Promise<unknown> {
  const { secret } = newDevice();
  const answer = await fetch(`${running.url}/v1/profile?site=${running.siteKey}`, {
    headers: { authorization: `Bearer ${secret}`, ...headers },
  });
  assert.equal(answer.status, 200);
  return ((await answer.json()) as { geo?: unknown }).geo;
}

describe("where a visitor is", () => {
  it("is read from the proxy's headers, in the codes of ISO 3166", async (t) => {
    const running = await runVitrine(t, HEADERS);
    const cases: [headers: Record<string, string>, geo: object | undefined][] = [
      [
        { "cf-ipcountry": "DE", "cf-region-code": "BY" },
        { country: "DE", region: "DE-BY" },
      ],
      [
        { "cf-ipcountry": "gb", "cf-region-code": "GB-ENG" },
        { country: "GB", region: "GB-ENG" },
      ],
      [{ "cf-ipcountry": "PL" }, { country: "PL" }],
      [{ "cf-ipcountry": "PL", "cf-region-code": "Wielkopolskie" }, { country: "PL" }],
      // Of a region without its country nobody can tell which one it is; XX and T1 are what Cloudflare does not know, and Tor.
      [{ "cf-region-code": "BY" }, undefined],
      [{ "cf-ipcountry": "XX" }, undefined],
      [{ "cf-ipcountry": "T1" }, undefined],
      [{ "cf-ipcountry": "DE, PL" }, undefined],
      [{ "cf-ipcountry": "<b>" }, undefined],
      [{}, undefined],
    ];
    for (const [headers, geo] of cases)
      assert.deepEqual(await heardBy(running, headers), geo, JSON.stringify(headers));
  });

  it("is told by no header that was not named", async (t) => {
    const running = await runVitrine(t, { trustProxy: true });
    assert.equal(await heardBy(running, { "cf-ipcountry": "DE" }), undefined);
  });

  it("is believed of a proxy only, and a region of a country only", () => {
    const dataDir = "unused";
    assert.throws(() => resolveOptions({ dataDir, countryHeader: "a" }), /--country-header.*--trust-proxy/);
    assert.throws(
      () => resolveOptions({ dataDir, trustProxy: true, regionHeader: "b" }),
      /--region-header.*--country-header/,
    );
  });

  it("is in nothing that the server keeps", async (t) => {
    const running = await runVitrine(t, HEADERS);
    const device = newDevice();
    const place = { "cf-ipcountry": "DE", "cf-region-code": "BY" };
    const body = {
      writeKey: running.siteKey,
      device: device.secret,
      sentAt: new Date(running.clock.now).toISOString(),
      batch: [viewed(device, "w1", 1)],
    };
    const sent = await running.post("/v1/batch", body, place);
    assert.equal(sent.status, 200, await sent.text());
    const headers = { ...place, authorization: `Bearer ${device.secret}` };
    const profile = await fetch(`${running.url}/v1/profile?site=${running.siteKey}`, { headers });
    assert.match(await profile.text(), /DE-BY/);
    const { body: customer } = await asAdmin(running, "GET", `/customers/anonymous/${device.id}`);
    assert.match(JSON.stringify(customer), /Product Viewed/);
    assert.doesNotMatch(JSON.stringify(customer), /DE-BY|"geo"/);
    assert.doesNotMatch(running.logged(), /DE-BY|ipcountry/i);
  });

  it("is that of whoever looks, in a preview", async (t) => {
    const running = await runVitrine(t, HEADERS);
    const rule = {
      id: "germans",
      placement: "home",
      when: { "geo.country": "DE" },
      action: { type: "message", text: { en: "Hi" } },
    };
    const { body } = await asAdmin(running, "POST", "/rules/preview", { content: { rules: [rule] } });
    const shown = async (country: string) => {
      const answer = await fetch(`${running.url}/v1/preview`, {
        method: "POST",
        headers: { "content-type": "text/plain", "cf-ipcountry": country },
        body: JSON.stringify({ token: (body as unknown as { token: string }).token, placements: ["home"] }),
      });
      return ((await answer.json()) as { slots: { rule: string | null }[] }).slots[0]!.rule;
    };
    assert.deepEqual([await shown("DE"), await shown("PL")], ["germans", null]);
  });
});

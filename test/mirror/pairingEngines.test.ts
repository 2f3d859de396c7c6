import assert from "node:assert/strict";
import { it } from "node:test";
import { ENGINE_NAMES, engineTitle, howToInstall, wantedEngines } from "../../scripts/engines.ts";
import { enrolKiosk } from "../server/support/kiosks.ts";
import { openEnginePage } from "../support/enginePage.ts";
import { setStage } from "../support/shopper.ts";

/** Whether the pairing page says a text. */
const says = (text: string) =>
  document.getElementById("vitrine-pair")?.shadowRoot?.textContent?.includes(text) ?? false;

/** Presses the pairing page's button of that name; true once it was there to be pressed. */
const press = (name: string) => {
  const buttons = document.getElementById("vitrine-pair")?.shadowRoot?.querySelectorAll("button") ?? [];
  const button = [...buttons].find((one) => one.textContent === name && !one.disabled);
  button?.click();
  return button !== undefined;
};

for (const engine of ENGINE_NAMES) {
  it(`${engineTitle(engine)}: a phone of any make lends a kiosk its profile, and reopens it`, async (t) => {
    if (!wantedEngines().includes(engine)) return t.skip(`left out or not there: ${howToInstall(engine)}`);
    const stage = await setStage({ attributes: { "data-consent": "granted" } });
    t.after(() => stage.close());
    const { shopUrl, vitrineUrl, vitrine } = stage.demo;
    const kiosk = await enrolKiosk({ url: vitrineUrl, secretKey: vitrine.firstSecretKey! }, "Fitting room 2");
    const phone = await openEnginePage(engine);
    t.after(() => phone.close());
    // Her first page of the shop, as when the camera opens a new tab.
    const { id, code } = await kiosk.show();
    await phone.goto(`${shopUrl}/mirror#${code}`);
    await phone.until("it names the mirror", says, "Fitting room 2");
    await phone.until("the SDK is ready", () => typeof window.vitrine?.ready === "function");
    await phone.evaluate(async () => {
      await window.vitrine.ready();
      await window.vitrine.track("Product Viewed", { product_id: "B8" });
      await window.vitrine.flush();
    });
    await phone.until("it can be confirmed", press, "My sizes, my bag and what I looked at");
    await phone.until("the mirror is hers", says, "The mirror is yours");
    const lease = (await kiosk.leaseOf(id))!;
    assert.equal(lease.profile?.recent[0]?.id, "B8");
    await kiosk.call("POST", `/leases/${lease.id}/lock`);
    await phone.until("it can be reopened", press, "Reopen the mirror");
    await phone.until("it is open", says, "The mirror is yours");
    assert.equal((await kiosk.call("GET", `/leases/${lease.id}`)).body.state, "open");
  });
}

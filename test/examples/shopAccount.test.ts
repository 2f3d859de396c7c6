import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { ADDRESS, createShopper, sizeInStock, startShop, type RunningShop } from "./shopSupport.ts";

let shop: RunningShop;
before(async () => {
  shop = await startShop({
    proof: (userId, deviceId) => `signed:${userId}:${deviceId}`,
  });
});
after(() => shop.close());

async function prove(cookie: string, body: unknown): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${shop.origin}/account/proof`, {
    method: "POST",
    headers: { "content-type": "application/json", cookie },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

async function signIn(user: string): Promise<string> {
  const response = await fetch(`${shop.origin}/account/sign-in`, {
    method: "POST",
    body: new URLSearchParams({ user }),
    redirect: "manual",
  });
  return response.headers.getSetCookie()[0]?.split(";")[0] ?? "";
}

describe("signing in", () => {
  it("proves the signed-in shopper and the device she names", async () => {
    const cookie = await signIn("Ada Lovelace");
    assert.deepEqual(await prove(cookie, { deviceId: "device-123" }), {
      status: 200,
      body: { userId: "ada.lovelace", proof: "signed:ada.lovelace:device-123" },
    });
  });

  it("proves nothing to nobody, to a forged cookie, or for a strange device", async () => {
    const cookie = await signIn("ada");
    assert.equal((await prove("", { deviceId: "device-123" })).status, 401);
    assert.equal((await prove(cookie.replace("ada", "eve"), { deviceId: "device-123" })).status, 401);
    for (const deviceId of [undefined, 7, "", "a b", "x".repeat(200)])
      assert.equal((await prove(cookie, { deviceId })).status, 400);
  });

  it("keeps the orders of a shopper and shows them after signing in", async () => {
    const shopper = createShopper(shop.origin);
    await shopper.post("/account/sign-in", { user: "grace" });
    await shopper.post("/cart/add", { model: "B4", size: sizeInStock("B4") });
    const order = await shopper.post("/checkout", ADDRESS);
    const id = order.path.slice("/order/".length);
    assert.match((await shopper.get("/account")).text, new RegExp(id));
    await shopper.post("/account/sign-out", {});
    assert.doesNotMatch((await shopper.get("/account")).text, new RegExp(id));
  });
});

import { cookieLine } from "../cookies.ts";
import { accountPage } from "../pages/accountPage.ts";
import { field } from "../readBody.ts";
import type { Reply } from "../Reply.ts";
import type { Shop } from "../Shop.ts";
import { USER_COOKIE } from "../signIn.ts";
import type { Visit } from "../Visit.ts";

export function signIn(form: URLSearchParams, shop: Shop, visit: Visit): Reply {
  const cookie = shop.signIn.cookieFor(field(form, "user"));
  if (!cookie) return accountPage(shop, visit, "Use 2 to 60 letters, digits, spaces or . _ @ + -");
  return { kind: "redirect", to: "/account", cookies: [cookie] };
}

export function signOut(): Reply {
  return { kind: "redirect", to: "/account", cookies: [cookieLine(USER_COOKIE, "", 0)] };
}

/** Proves to whom the device in the body belongs: always the signed-in shopper, never a name from the body. */
export async function proveUser(body: string, shop: Shop, { user }: Visit): Promise<Reply> {
  const { proof } = shop.options;
  if (!proof) return problem(404, "This shop signs no proofs; hand `proof` to createShop.");
  if (!user) return problem(401, "Sign in first.");
  const deviceId = deviceIdOf(body);
  if (!deviceId) return problem(400, 'Send JSON with a "deviceId" of 8 to 128 letters, digits, "-" or "_".');
  return { kind: "json", status: 200, body: { userId: user.id, proof: await proof(user.id, deviceId) } };
}

function deviceIdOf(body: string): string | undefined {
  try {
    const { deviceId } = JSON.parse(body) as { deviceId?: unknown };
    return typeof deviceId === "string" && /^[\w-]{8,128}$/.test(deviceId) ? deviceId : undefined;
  } catch {
    return undefined;
  }
}

function problem(status: number, detail: string): Reply {
  return { kind: "json", status, body: { error: detail } };
}

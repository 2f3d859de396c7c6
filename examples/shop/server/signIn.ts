import { createHmac, timingSafeEqual } from "node:crypto";
import { cookieLine } from "./cookies.ts";

/** A shopper the shop knows. This demo believes any user name; a real shop asks for a password. */
export interface User {
  id: string;
  name: string;
}

/** Makes and reads the sign-in cookie. */
export interface SignIn {
  /** The `Set-Cookie` line for a user name, or undefined when it cannot be one. */
  cookieFor: (name: string) => string | undefined;
  read: (cookie: string | undefined) => User | undefined;
}

export const USER_COOKIE = "shop_user";
const DAYS_30 = 30 * 24 * 60 * 60;

/** @param secret key of the HMAC that keeps a shopper from writing another one's cookie. */
export function createSignIn(secret: string): SignIn {
  const seal = (text: string): string => createHmac("sha256", secret).update(text).digest("base64url");
  return {
    cookieFor(name) {
      const user = userOf(name);
      if (!user) return undefined;
      const text = `${user.id}~${user.name}`;
      return cookieLine(USER_COOKIE, `${text}~${seal(text)}`, DAYS_30);
    },
    read(cookie) {
      const [id = "", name = "", given = ""] = (cookie ?? "").split("~");
      const expected = Buffer.from(seal(`${id}~${name}`));
      const actual = Buffer.from(given);
      return actual.length === expected.length && timingSafeEqual(actual, expected)
        ? { id, name }
        : undefined;
    },
  };
}

function userOf(name: string): User | undefined {
  const shown = name.trim().replace(/\s+/g, " ");
  const id = shown.toLowerCase().replaceAll(" ", ".");
  return /^[\p{L}\p{N}._@+-]{2,60}$/u.test(id) ? { id, name: shown } : undefined;
}

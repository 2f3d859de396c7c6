import { randomBytes, timingSafeEqual } from "node:crypto";

/** Lets one browser in: the one that was started with the ticket. */
export interface Access {
  /** Shuts out all earlier browsers. @returns a path that admits one browser once, and sends it on to `target`. */
  renew(target: string): string;
  /** The cookie and the path for the browser that comes with a ticket; undefined for any other path. */
  redeem(path: string): { cookie: string; target: string } | undefined;
  /** True for the browser that has the cookie. */
  isAdmitted(cookies: string | undefined): boolean;
}

const TICKET_PATH = "/start/";
const COOKIE = "shell";

/** Other programs of this machine can reach the loopback too; they have neither ticket nor cookie. */
export function createAccess(): Access {
  let ticket: { path: string; target: string } | undefined;
  let token = newToken();
  return {
    renew(target) {
      token = newToken();
      ticket = { path: TICKET_PATH + newToken(), target };
      return ticket.path;
    },
    redeem(path) {
      if (!ticket || !isSame(path, ticket.path)) return undefined;
      const { target } = ticket;
      ticket = undefined;
      return { cookie: `${COOKIE}=${token}; Path=/; HttpOnly; SameSite=Strict`, target };
    },
    isAdmitted: (cookies = "") => cookies.split("; ").some((cookie) => isSame(cookie, `${COOKIE}=${token}`)),
  };
}

const newToken = (): string => randomBytes(32).toString("base64url");

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

import type { IncomingMessage } from "node:http";
import type { Services } from "../services.ts";
import { SESSION_LIFE_MS } from "./sessions.ts";

const NAME = "vitrine_console";

/** The session token a request carries, if any. */
export function sessionTokenOf(request: IncomingMessage): string | undefined {
  const pairs = (request.headers.cookie ?? "").split(";").map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${NAME}=`))?.slice(NAME.length + 1) || undefined;
}

/** The `Set-Cookie` that starts a session, or ends it with `null`. `Strict`: no other site can make it travel. */
export function sessionCookie(token: string | null, { settings }: Services): string {
  const secure = settings.publicUrl.startsWith("https:") ? "; Secure" : "";
  const maxAge = token === null ? 0 : SESSION_LIFE_MS / 1000;
  return `${NAME}=${token ?? ""}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${maxAge}${secure}`;
}

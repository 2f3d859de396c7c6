import type { Rule } from "@vitrine/core";
import type { Demo } from "../../examples/demo.ts";

/** A merchant with a console session, as the console's own pages use it. */
export interface Merchant {
  /** Calls the admin API; throws with the server's own words when it refuses. */
  call: <T>(method: string, path: string, body?: unknown) => Promise<T>;
  /** Publishes these rules in place of all others. */
  publish: (rules: Rule[]) => Promise<number>;
}

/** A link that opens the console once. */
export const logInUrl = (demo: Demo): string => demo.vitrine.consoleLink();

/** Logs in by the one-use link that the demo prints. */
export async function logIn(demo: Demo): Promise<Merchant> {
  const entry = await fetch(logInUrl(demo), { redirect: "manual" });
  const cookie = entry.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${demo.vitrineUrl}/v1/admin${path}`, {
      method,
      headers: {
        cookie,
        origin: demo.vitrineUrl,
        "x-vitrine-console": "1",
        "content-type": "application/json",
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === "" ? undefined : JSON.parse(text)) as T;
  };
  return {
    call,
    publish: async (rules) => {
      await call("PUT", "/rules/draft", { rules });
      const { version } = await call<{ version: number }>("POST", "/rules/publish", {});
      return version;
    },
  };
}

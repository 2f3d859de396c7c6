import { isObject } from "@vitrine/core";
import type { Config } from "./config.ts";
import type { Platform } from "./platform.ts";

/** How long a start waits for the cookie's word before it makes a new device. */
const ASK_MS = 2000;

/** The first-party cookie that lets a device with an emptied storage come back as itself. */
export interface DeviceCookie {
  /** The secret in the cookie, if there is one. */
  _ask: () => Promise<string | undefined>;
  /** Puts the secret into the cookie; without one, empties it. */
  _tell: (secret: string | undefined) => void;
}

/** Creates the cookie's two requests; they do nothing unless the shop turned the cookie on. */
export function createCookie({ cookie, site, endpoint }: Config, { _fetch, _later }: Platform): DeviceCookie {
  const post = async (device?: string): Promise<unknown> => {
    if (!cookie) return undefined;
    const body = JSON.stringify({ writeKey: site, device });
    const response = await _fetch(`${endpoint}/device`, {
      method: "POST",
      body,
      credentials: "include",
      keepalive: true,
    });
    return response.status === 200 ? response.json() : undefined;
  };
  return {
    _tell: (secret = "") => void post(secret).catch(() => {}), // the next start tells it again
    _ask: async () => {
      const late = new Promise((resolve) => _later(() => resolve(undefined), cookie ? ASK_MS : 0));
      const answer = await Promise.race([post().catch(() => undefined), late]);
      return isObject(answer) && /^[\w-]{43}$/.test(String(answer.device))
        ? String(answer.device)
        : undefined;
    },
  };
}

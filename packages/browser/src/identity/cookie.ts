import { isObject, textOf, toJson } from "@vitrine/core";
import type { Platform } from "../platform.ts";
import type { State } from "../state.ts";

/** How long a start waits for the cookie's word before it makes a new device. */
const ASK_MS = 2000;

/** The first-party cookie that lets a device with an emptied storage come back as itself. */
export interface DeviceCookie {
  /** The secret in the cookie, if there is one. */
  _askCookie: () => Promise<string | undefined>;
  _tellCookie: (secret: string | undefined) => void;
}

/** Creates the cookie's two requests; they do nothing unless the shop turned the cookie on. */
export function createCookie({ _config, _fetch, _later }: Platform & State): DeviceCookie {
  const { cookie, site, endpoint } = _config;
  const post = async (device?: string): Promise<string | undefined> => {
    const body = toJson({ writeKey: site, device });
    const init: RequestInit = { method: "POST", body, credentials: "include", keepalive: true };
    const answer: unknown = cookie && (await (await _fetch(`${endpoint}/device`, init)).json());
    return isObject(answer) ? textOf(answer.device) : undefined;
  };
  return {
    _tellCookie: (secret) => void post(secret).catch(() => {}), // 204 without a body; the next start tells it again
    _askCookie: () =>
      new Promise((resolve) => {
        void post()
          .catch(() => undefined)
          .then(resolve);
        _later(resolve as () => void, ASK_MS);
      }),
  };
}

import { askServer, type Fetch } from "./askServer.ts";
import type { Enrolled, IdentityStore } from "./identityStore.ts";
import { isEventKey, isRulesKey, readIdentity, readText } from "./readIdentity.ts";
import type { CallAnswer, CallMethod, KioskIdentity } from "@vitrine/kiosk/shell";

/** The kiosk as a client of its server; the only holder of the key. */
export interface Kiosk {
  identity(): KioskIdentity | undefined;
  /** The server's public key, to which events are sealed; undefined until it is known. */
  eventKey(): string | undefined;
  /** Keeps the public keys that the server says now, in the answer to a heartbeat; anything else is passed over. */
  learnKeys(answer: unknown): void;
  /** @throws Error with a sentence for the person who installs. */
  enrol(code: string, endpoint: string): Promise<void>;
  /** @throws Error when the kiosk is not enrolled. */
  call(method: CallMethod, path: string, body?: string | Uint8Array): Promise<CallAnswer>;
}

/** What a kiosk needs of its surroundings. */
export interface KioskOptions {
  fetch: Fetch;
  store: IdentityStore;
}

/** A kiosk with what `store` remembers. */
export function createKiosk({ fetch, store }: KioskOptions): Kiosk {
  let enrolled: Enrolled | undefined = store.read();
  return {
    identity: () => enrolled?.identity,
    eventKey: () => enrolled?.eventKey,
    learnKeys(answer) {
      if (!enrolled) return;
      const { eventKey, rulesKey } = (answer ?? {}) as Record<string, unknown>;
      const { identity } = enrolled;
      const next: Enrolled = {
        ...enrolled,
        ...(isEventKey(eventKey) && { eventKey }),
        ...(isRulesKey(rulesKey) && { identity: { ...identity, rulesKey } }),
      };
      if (next.eventKey === enrolled.eventKey && next.identity.rulesKey === identity.rulesKey) return;
      enrolled = next;
      store.write(next);
    },
    async enrol(code, endpoint) {
      const body = JSON.stringify({ code });
      const answer = await askServer(fetch, { endpoint, method: "POST", path: "/v1/kiosk/enrol", body });
      const next = readEnrolment(answer, endpoint);
      store.write(next);
      enrolled = next;
    },
    async call(method, path, body) {
      if (!enrolled) throw new Error("This kiosk is not enrolled yet.");
      const { key, identity } = enrolled;
      return askServer(fetch, { endpoint: identity.endpoint, method, path, body, key });
    },
  };
}

function readEnrolment({ status, body }: CallAnswer, endpoint: string): Enrolled {
  if (status === 0) throw new Error(`No Vitrine answers at ${endpoint}. Check the address and the network.`);
  if (status === 429) throw new Error("Too many tries. Wait a minute, then type the code again.");
  if (status >= 500) throw new Error(`The server has trouble of its own (${status}). Try again in a minute.`);
  if (status < 200 || status > 299)
    throw new Error("The code is not valid any more. Make a new one in the console: it lasts ten minutes.");
  const fields = (body ?? {}) as Record<string, unknown>;
  const { eventKey } = fields;
  return {
    identity: readIdentity({ ...fields, endpoint }),
    key: readText(fields, "key"),
    ...(isEventKey(eventKey) && { eventKey }),
  };
}

import { hasScope } from "../keys.ts";
import type { Services } from "../services.ts";
import { DEFAULT_SITE } from "../site/sites.ts";
import { sessionsOf } from "./sessionsOf.ts";

/**
 * Makes a one-use link into the console, with the powers of a secret key.
 * @param keyId the oldest key that may open the console, when absent
 * @throws when the site has no such key: make one on the command line
 */
export function consoleLink(services: Services, siteId: string = DEFAULT_SITE, keyId?: string): string {
  const id = keyId ?? firstConsoleKey(services, siteId);
  const token = sessionsOf(services).createLink(siteId, id);
  return `${services.settings.publicUrl}/console/login?token=${token}`;
}

function firstConsoleKey({ keys }: Services, siteId: string): string {
  const isFit = (key: ReturnType<typeof keys.list>[number]) =>
    key.kind === "secret" && key.revokedAt === null && hasScope({ ...key, siteId, keyId: key.id }, "console");
  const key = keys.list(siteId).find(isFit);
  if (!key) throw new Error("no secret key may open the console; create one with the scope console");
  return key.id;
}

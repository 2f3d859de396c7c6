import type { Answer, RequestContext, Route } from "../http/route.ts";
import { announceKey, dropKey, promoteKey } from "../rules/changeRulesKeys.ts";
import { rulesetsOf } from "../rules/rulesetsOf.ts";
import type { RulesKey } from "../site/rulesKeys.ts";
import { callerOf } from "./adminInput.ts";

const ADMIN = { auth: { scope: "admin" }, cors: "none" } as const;

/** The keys that sign rules: seen, announced, promoted, dropped. No answer holds a private one. */
export const adminRulesKeysRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/admin/rules/keys", ...ADMIN, handler: readKeys },
  { method: "POST", path: "/v1/admin/rules/keys", ...ADMIN, handler: announce },
  { method: "POST", path: "/v1/admin/rules/keys/:kid/promote", ...ADMIN, handler: promote },
  { method: "DELETE", path: "/v1/admin/rules/keys/:kid", ...ADMIN, handler: drop },
];

function readKeys({ services }: RequestContext): Answer {
  const { rulesKeys } = services.secrets;
  const items = rulesKeys
    .all()
    .map(({ kid, state, publicPoint, since }) => ({ kid, state, publicPoint, since }));
  return { status: 200, body: { items, rulesKey: rulesKeys.trusted() } };
}

function announce(context: RequestContext): Answer {
  const { secrets, clock } = context.services;
  const { keys, kid } = announceKey(secrets.rulesKeys.all(), clock());
  change(context, "announce", kid, keys);
  return { ...readKeys(context), status: 201 };
}

function promote(context: RequestContext): Answer {
  const { secrets, clock } = context.services;
  const kid = context.params.kid!;
  change(context, "promote", kid, promoteKey(secrets.rulesKeys.all(), kid, clock()));
  // Durable by now: should this fail, the next start signs anew, and what the retired key signed is trusted until then.
  rulesetsOf(context.services).renew(callerOf(context).siteId);
  return readKeys(context);
}

function drop(context: RequestContext): Answer {
  const kid = context.params.kid!;
  change(context, "drop", kid, dropKey(context.services.secrets.rulesKeys.all(), kid));
  return readKeys(context);
}

/** Keys and audit log change together: where the log cannot be written the keys are put back. */
function change(context: RequestContext, what: string, kid: string, keys: readonly RulesKey[]): void {
  const { siteId, keyId: by } = callerOf(context);
  const { secrets, database, audit } = context.services;
  const { rulesKeys } = secrets;
  const [before, changeBefore] = [rulesKeys.all(), rulesKeys.lastChange()];
  const action = `rules.key.${what}`;
  try {
    database.transaction(() => {
      audit.append({ siteId, by, action, details: { kid } });
      rulesKeys.replace(keys, { siteId, by, action, kid });
    });
  } catch (error) {
    if (rulesKeys.all() !== before) rulesKeys.replace(before, changeBefore);
    throw error;
  }
}

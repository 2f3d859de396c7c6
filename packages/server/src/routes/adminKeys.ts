import type { JsonObject } from "@vitrine/core";
import { HttpProblem } from "../http/problem.ts";
import type { Answer, RequestContext, Route } from "../http/route.ts";
import { hasScope, SCOPES, type Scope } from "../keys.ts";
import { callerOf, readFields, readNote } from "./adminInput.ts";

const ADMIN = { auth: { scope: "admin" }, cors: "none" } as const;

const MAX_NAME_CHARS = 60;

/** A kiosk gets its key by being enrolled: one that belongs to no kiosk would be good for nothing. */
const MADE_HERE: readonly Scope[] = SCOPES.filter((scope) => scope !== "kiosk");

/** Keys: seen, made, revoked. A secret is shown once, in the answer that makes it. */
export const adminKeysRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/admin/keys", ...ADMIN, handler: listKeys },
  { method: "POST", path: "/v1/admin/keys", ...ADMIN, handler: createKey },
  { method: "DELETE", path: "/v1/admin/keys/:id", ...ADMIN, handler: revokeKey },
];

function listKeys(context: RequestContext): Answer {
  const { siteId, keyId } = callerOf(context);
  return { status: 200, body: { items: context.services.keys.list(siteId), yours: keyId } };
}

async function createKey(context: RequestContext): Promise<Answer> {
  const caller = callerOf(context);
  const { siteId, keyId: by } = caller;
  const { keys, audit, database } = context.services;
  const fields = await readFields(context);
  const kind = fields.kind ?? "secret";
  if (kind !== "secret" && kind !== "site")
    throw new HttpProblem(400, "bad_request", '"kind" must be "secret" or "site".');
  const name = readNote(fields, "name", MAX_NAME_CHARS);
  if (!name) throw new HttpProblem(400, "bad_request", '"name" must say what the key is for.');
  const scopes = kind === "site" ? [] : readScopes(fields);
  const missing = scopes.find((scope) => !hasScope(caller, scope));
  if (missing)
    throw new HttpProblem(403, "scope", `A key cannot give the scope ${missing}, which it lacks itself.`);
  const key = database.transaction(() => {
    const created = keys.create({ siteId, kind, name, scopes });
    audit.append({
      siteId,
      by,
      action: "key.create",
      details: { key: created.id, kind, name, scopes: [...scopes] },
    });
    return created;
  });
  return { status: 201, body: key };
}

function readScopes({ scopes }: JsonObject): Scope[] {
  const known = Array.isArray(scopes) ? MADE_HERE.filter((scope) => scopes.includes(scope)) : [];
  if (!Array.isArray(scopes) || known.length === 0 || known.length !== scopes.length) {
    throw new HttpProblem(400, "bad_request", `"scopes" must list at least one of: ${MADE_HERE.join(", ")}.`);
  }
  return known;
}

function revokeKey(context: RequestContext): Answer {
  const { siteId, keyId: by } = callerOf(context);
  const { keys, audit, database } = context.services;
  const id = context.params.id!;
  if (id === by)
    throw new HttpProblem(409, "own_key", "This is the key you came with; revoke it with another one.");
  const live = keys.list(siteId).filter((key) => key.kind === "site" && key.revokedAt === null);
  if (live.length === 1 && live[0]!.id === id) {
    throw new HttpProblem(
      409,
      "last_site_key",
      "This is the only site key; create another one and put it into your pages first.",
    );
  }
  const isRevoked = database.transaction(() => {
    const done = keys.revoke(siteId, id);
    if (done) audit.append({ siteId, by, action: "key.revoke", details: { key: id } });
    return done;
  });
  if (!isRevoked)
    throw new HttpProblem(404, "unknown_key_id", "There is no such key, or it was revoked before.");
  return { status: 204 };
}

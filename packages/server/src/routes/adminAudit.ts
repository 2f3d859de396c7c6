import type { Answer, RequestContext, Route } from "../http/route.ts";
import { callerOf, pageOf, readCursor, readLimit, withNames } from "./adminInput.ts";

/** The audit log: who changed what, newest first. */
export const adminAuditRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/admin/audit", auth: { scope: "console" }, cors: "none", handler: readAudit },
];

function readAudit(context: RequestContext): Answer {
  const { services, url } = context;
  const { siteId } = callerOf(context);
  const limit = readLimit(url, 50, 200);
  const before = readCursor(url);
  const found = services.audit.list(siteId, {
    limit: limit + 1,
    ...(before === undefined ? {} : { before }),
  });
  const { items, next } = pageOf(found, limit, ({ id }) => id);
  const rows = withNames(
    services,
    siteId,
    items.map(({ id, at, by, action, details, hash }) => ({ id, at, by, action, details, hash })),
  );
  // The whole chain is read, so only with the first page.
  const chain = before === undefined ? { brokenAt: services.audit.verify() } : undefined;
  return { status: 200, body: { items: rows, next, ...(chain ? { chain } : {}) } };
}

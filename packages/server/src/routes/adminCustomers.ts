import { listCustomers, readCustomer, searchCustomers } from "../console/customers.ts";
import { HttpProblem } from "../http/problem.ts";
import type { Answer, RequestContext, Route } from "../http/route.ts";
import { splitIdentity } from "../identity/personalId.ts";
import { callerOf, readCursor, readLimit } from "./adminInput.ts";

const READ = { auth: { scope: "console" }, cors: "none" } as const;

const MAX_QUERY_CHARS = 200;

/** Customers: found, read whole, and taken apart where a join was wrong. */
export const adminCustomersRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/admin/customers", ...READ, handler: findCustomers },
  { method: "GET", path: "/v1/admin/customers/:namespace/:id", ...READ, handler: readOne },
  {
    method: "DELETE",
    path: "/v1/admin/customers/:namespace/:id",
    auth: { scope: "admin" },
    cors: "none",
    handler: eraseOne,
  },
  {
    method: "POST",
    path: "/v1/admin/joins/:id/undo",
    auth: { scope: "admin" },
    cors: "none",
    handler: undoJoin,
  },
];

function findCustomers(context: RequestContext): Answer {
  const { services, url } = context;
  const { siteId } = callerOf(context);
  const query = (url.searchParams.get("query") ?? "").trim().slice(0, MAX_QUERY_CHARS);
  const limit = readLimit(url, 50, 200);
  if (query)
    return { status: 200, body: { items: searchCustomers(services, siteId, query, limit), next: null } };
  return { status: 200, body: listCustomers(services, siteId, { before: readCursor(url), limit }) };
}

function readOne(context: RequestContext): Answer {
  const { params, services } = context;
  const customer = readCustomer(services, callerOf(context).siteId, `${params.namespace}:${params.id}`);
  if (!customer) throw new HttpProblem(404, "unknown_customer", "Nothing is known of this identity.");
  return { status: 200, body: customer };
}

/** For good, with all identities that were proven to be the same person. */
async function eraseOne(context: RequestContext): Promise<Answer> {
  const { params, services } = context;
  const { siteId, keyId } = callerOf(context);
  const identities = await services.collector.erase(siteId, `${params.namespace}:${params.id}`, keyId);
  if (identities === 0) throw new HttpProblem(404, "unknown_customer", "Nothing is known of this identity.");
  return { status: 200, body: { identities } };
}

async function undoJoin(context: RequestContext): Promise<Answer> {
  const { siteId, keyId } = callerOf(context);
  const undone = await context.services.collector.undoJoin(siteId, Number(context.params.id), keyId);
  if (!undone) throw new HttpProblem(404, "unknown_join", "There is no such join, or it was undone before.");
  return {
    status: 200,
    body: { id: String(undone.id), a: splitIdentity(undone.a), b: splitIdentity(undone.b) },
  };
}

import { overviewOf } from "../console/overview.ts";
import { accountingOf } from "../console/accounting.ts";
import type { RequestContext, Route } from "../http/route.ts";
import { callerOf } from "./adminInput.ts";

const READ = { auth: { scope: "console" }, cors: "none" } as const;

/** The state of things in figures. */
export const adminOverviewRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/admin/overview", ...READ, handler: (context) => answer(context, overviewOf) },
  {
    method: "GET",
    path: "/v1/admin/accounting",
    ...READ,
    handler: (context) => answer(context, accountingOf),
  },
];

function answer(context: RequestContext, read: typeof overviewOf | typeof accountingOf) {
  return { status: 200, body: read(context.services, callerOf(context).siteId) };
}

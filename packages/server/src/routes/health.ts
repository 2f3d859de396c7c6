import type { Route } from "../http/route.ts";

/** `/health`: the process answers. `/ready`: it takes events. */
export const healthRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/health",
    auth: "none",
    cors: "none",
    handler: () => ({ status: 200, body: { status: "ok" } }),
  },
];

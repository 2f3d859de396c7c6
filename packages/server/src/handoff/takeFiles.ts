import { CONSOLE_ICON } from "../console/consolePage.ts";
import type { RequestContext, Route } from "../http/route.ts";
import { serveBuilt } from "../http/serveBuilt.ts";
import { TAKE_HEADERS, takePage } from "./takePage.ts";

const PUBLIC = { method: "GET", auth: "none", cors: "none" } as const;

const file = (name: string, type: string) => (context: RequestContext) =>
  serveBuilt(context, context.services.settings.phoneDir, { name, type });

/** The phone's page and the files it loads. */
export const takeFileRoutes: readonly Route[] = [
  { ...PUBLIC, path: "/take/take.js", handler: file("take.js", "text/javascript") },
  { ...PUBLIC, path: "/take/frames.js", handler: file("frames.js", "text/javascript") },
  { ...PUBLIC, path: "/take/take.css", handler: file("take.css", "text/css") },
  {
    ...PUBLIC,
    path: "/take/icon.svg",
    handler: () => ({ status: 200, headers: { "Content-Type": "image/svg+xml" }, body: CONSOLE_ICON }),
  },
  {
    ...PUBLIC,
    path: "/take/:token",
    handler: ({ services }) => ({
      status: 200,
      headers: { ...TAKE_HEADERS },
      body: takePage(services.settings.prefix),
    }),
  },
];

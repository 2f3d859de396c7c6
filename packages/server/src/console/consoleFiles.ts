import type { Answer, RequestContext, Route } from "../http/route.ts";
import { serveBuilt } from "../http/serveBuilt.ts";
import { consoleHeaders, CONSOLE_ICON, consolePage } from "./consolePage.ts";

const PUBLIC = { method: "GET", auth: "none", cors: "none" } as const;

/** The console's page and the files it loads; none of them holds anything secret. */
export const consoleFileRoutes: readonly Route[] = [
  { ...PUBLIC, path: "/console", handler: () => ({ status: 308, headers: { Location: "/console/" } }) },
  { ...PUBLIC, path: "/console/", handler: readPage },
  {
    ...PUBLIC,
    path: "/console/console.js",
    handler: (context) =>
      serveBuilt(context, context.services.settings.consoleDir, {
        name: "console.js",
        type: "text/javascript",
      }),
  },
  {
    ...PUBLIC,
    path: "/console/console.css",
    handler: (context) =>
      serveBuilt(context, context.services.settings.consoleDir, { name: "console.css", type: "text/css" }),
  },
  {
    ...PUBLIC,
    path: "/console/icon.svg",
    handler: () => ({ status: 200, headers: { "Content-Type": "image/svg+xml" }, body: CONSOLE_ICON }),
  },
];

function readPage({ services }: RequestContext): Answer {
  const { origins, prefix } = services.settings;
  return { status: 200, headers: consoleHeaders(origins), body: consolePage(prefix) };
}

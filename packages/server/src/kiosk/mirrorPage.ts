import type { Answer, RequestContext, Route } from "../http/route.ts";
import { MIRROR_PATH } from "./mirrorUrl.ts";

/** The server's own pairing page, for shops that serve none. No device's secret is on this origin, so it pairs without a profile. */
export const mirrorPageRoutes: readonly Route[] = [
  { method: "GET", path: MIRROR_PATH, auth: "none", cors: "none", handler: readPage },
];

/** The page's script brings its style as a constructed sheet, which needs no permission. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const HEADERS: Readonly<Record<string, string>> = {
  "Content-Type": "text/html; charset=utf-8",
  "Content-Security-Policy": POLICY,
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "X-Frame-Options": "DENY",
};

function readPage({ services }: RequestContext): Answer {
  return { status: 200, headers: { ...HEADERS }, body: mirrorPage(services.settings.prefix) };
}

const mirrorPage = (prefix: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>The mirror in the shop</title>
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="robots" content="noindex" />
    <link rel="icon" href="/console/icon.svg" type="image/svg+xml" />
    <script src="/v/pair.js" data-endpoint="${prefix}"></script>
  </head>
  <body>
    <main id="vitrine-pair"><noscript>This page needs JavaScript.</noscript></main>
  </body>
</html>
`;

/**
 * What the console's pages may load: their own files, product pictures from wherever the shop keeps them, and, to look at a
 * draft, the pages of the shop itself.
 * @param origins those of the shop; where none is listed, any page may be looked at
 */
function consolePolicy(origins: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self' https: http: data:",
    `frame-src ${origins.length > 0 ? origins.join(" ") : "https: http:"}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** Headers of every page of the console. */
export const consoleHeaders = (origins: readonly string[]): Record<string, string> => ({
  "Content-Type": "text/html; charset=utf-8",
  "Content-Security-Policy": consolePolicy(origins),
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "X-Frame-Options": "DENY",
});

/** The console's one page; everything in it is drawn by its script. */
export function consolePage(prefix: string): string {
  return page(
    "Vitrine",
    `<div id="console" data-api="${prefix}/admin"><noscript>The console needs JavaScript.</noscript></div>
    <script src="/console/console.js" defer></script>`,
  );
}

/** What a spent login link leads to. */
export const SPENT_LINK_PAGE: string = page(
  "This link no longer works · Vitrine",
  `<main class="sign-in"><h1>This link no longer works</h1>
    <p>A login link opens the console once, within 15 minutes. Restart the server to get a new one,
      or sign in with a secret key.</p>
    <p><a class="button" href="/console/">Sign in with a key</a></p></main>`,
);

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>${title}</title>
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <link rel="icon" href="/console/icon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="/console/console.css" />
  </head>
  <body>
    ${body}
  </body>
</html>
`;
}

/** The mark: a pane of glass, and its reflection. */
export const CONSOLE_ICON: string =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#0e5f58"/><rect x="8" y="7" width="11" height="15" rx="2.5" fill="#fff"/><rect x="13" y="10" width="11" height="15" rx="2.5" fill="#8fd6cb" fill-opacity=".75"/></svg>';

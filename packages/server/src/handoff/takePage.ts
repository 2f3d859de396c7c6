/** All that the page may load: its own files, and the films it makes of what it opened. */
const TAKE_POLICY: string = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' blob:",
  "media-src blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Headers of the page. Its address is a secret, so it goes to nobody. */
export const TAKE_HEADERS: Readonly<Record<string, string>> = {
  "Content-Type": "text/html; charset=utf-8",
  "Content-Security-Policy": TAKE_POLICY,
  "Referrer-Policy": "no-referrer",
  "Cache-Control": "no-store",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
  "X-Frame-Options": "DENY",
  "X-Robots-Tag": "noindex, nofollow, noarchive",
};

/**
 * The page that takes looks home: the same for every token, so that asking for it tells nothing and spends nothing.
 * Programs that look at links (previews, scanners) see this and no more.
 */
export function takePage(prefix: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Your looks from the mirror</title>
    <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
    <meta name="color-scheme" content="dark" />
    <meta name="theme-color" content="#0b0d0d" />
    <meta name="robots" content="noindex, nofollow" />
    <link rel="icon" href="/take/icon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="/take/take.css" />
  </head>
  <body>
    <div id="take" data-api="${prefix}"><noscript>Opening your looks needs JavaScript: they are sealed, and only your phone has the key.</noscript></div>
    <script src="/take/take.js" type="module"></script>
  </body>
</html>
`;
}

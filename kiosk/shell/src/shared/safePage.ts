/** Where the safe page is served, whatever state the mirror's own files are in. */
export const SAFE_PAGE_PATH = "/safe.html";

/** No script runs on it: nothing of it can fail. */
export const SAFE_PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

/** What a shopper sees while the mirror cannot be shown. */
export const SAFE_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Mirror at rest</title>
<style>
  html { height: 100%; background: #000; color: #d8d2c8; font: 300 4vmin/1.5 system-ui, sans-serif; }
  body { height: 100%; margin: 0; display: grid; place-content: center; text-align: center; cursor: none; }
  h1 { font-weight: 300; font-size: 8vmin; margin: 0 0 0.4em; }
  p { margin: 0; }
</style>
<main><h1>Back in a moment</h1><p>The mirror is taking a short rest. Our staff will gladly help you.</p></main>
</html>
`;

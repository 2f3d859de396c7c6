const MAX_HEADER_CHARS = 16_384;

/** Reads a `Cookie` header; an entry that is not well-formed is skipped, the first of equal names wins. */
export function parseCookies(header: string | undefined): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const part of (header ?? "").slice(0, MAX_HEADER_CHARS).split(";")) {
    const split = part.indexOf("=");
    if (split < 1) continue;
    const name = part.slice(0, split).trim();
    if (cookies.has(name)) continue;
    try {
      cookies.set(name, decodeURIComponent(part.slice(split + 1).trim()));
    } catch {
      // A foreign cookie with a stray "%": not ours, not an error.
    }
  }
  return cookies;
}

/** A `Set-Cookie` line of the shop's own; `maxAgeSeconds` 0 removes it. */
export function cookieLine(name: string, value: string, maxAgeSeconds: number): string {
  return `${name}=${encodeURIComponent(value)}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}`;
}

import type { KioskIdentity } from "@vitrine/kiosk/shell";

/** Headers of everything that belongs to the mirror's page. */
export type PageHeaders = Record<string, string>;

/**
 * The Content-Security-Policy of the page: its own files, and the server and shop it is enrolled with.
 * `wasm-unsafe-eval` is for the pose model, `blob:` for its worker and for clips that are shown.
 */
export function contentPolicy(identity: Pick<KioskIdentity, "endpoint" | "shopUrl"> | undefined): string {
  const known = identity ? ` ${identity.endpoint} ${new URL(identity.shopUrl).origin}` : "";
  const server = identity ? ` ${identity.endpoint}` : "";
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self' blob:",
    "style-src 'self'",
    `img-src 'self' blob: data:${known}`,
    "media-src 'self' blob:",
    "font-src 'self'",
    `connect-src 'self' blob:${server}`,
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** All headers of a file of the page. The camera is the page's own; everything else of a device is nobody's. */
export function pageHeaders(policy: string): PageHeaders {
  return {
    "Content-Security-Policy": policy,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy":
      "camera=(self), microphone=(), display-capture=(), geolocation=(), usb=(), serial=(), hid=(), bluetooth=(), " +
      "midi=(), clipboard-read=(), local-fonts=(), idle-detection=(), screen-wake-lock=()",
    "Cache-Control": "no-store",
  };
}

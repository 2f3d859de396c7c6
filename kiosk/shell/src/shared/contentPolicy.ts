import type { KioskIdentity } from "@vitrine/kiosk/shell";

/** Headers of everything that belongs to the mirror's page. */
export type PageHeaders = Record<string, string>;

/** What decides about a page's headers. */
export interface PageRights {
  /** Undefined until the kiosk is enrolled. */
  identity: Pick<KioskIdentity, "endpoint" | "shopUrl"> | undefined;
  hasCamera: boolean;
}

/**
 * The Content-Security-Policy of the page: its own files, and the server and shop it is enrolled with. Only a page with
 * a camera has more: `wasm-unsafe-eval` is for the pose model, `blob:` for its worker and for clips that are shown.
 */
export function contentPolicy({ identity, hasCamera }: PageRights): string {
  const known = identity ? ` ${identity.endpoint} ${new URL(identity.shopUrl).origin}` : "";
  const server = identity ? ` ${identity.endpoint}` : "";
  /** Sources that a page needs for its camera only. */
  const more = (sources: string) => (hasCamera ? ` ${sources}` : "");
  return [
    "default-src 'none'",
    `script-src 'self'${more("'wasm-unsafe-eval'")}`,
    ...(hasCamera ? ["worker-src 'self' blob:"] : []),
    "style-src 'self'",
    `img-src 'self'${more("blob: data:")}${known}`,
    ...(hasCamera ? ["media-src 'self' blob:"] : []),
    "font-src 'self'",
    `connect-src 'self'${more("blob:")}${server}`,
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** All headers of a file of the page. A camera is the page's own; everything else of a device is nobody's. */
export function pageHeaders(policy: string, hasCamera: boolean): PageHeaders {
  return {
    "Content-Security-Policy": policy,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy":
      `camera=(${hasCamera ? "self" : ""}), microphone=(), display-capture=(), geolocation=(), usb=(), serial=(), hid=(), bluetooth=(), ` +
      "midi=(), clipboard-read=(), local-fonts=(), idle-detection=(), screen-wake-lock=()",
    "Cache-Control": "no-store",
  };
}

import type { Html } from "./html.ts";
import type { PageData } from "./pageData.ts";

/** A page inside the shop's frame. */
export interface Page {
  kind: "page";
  status?: number;
  title: string;
  description?: string;
  body: Html;
  data: PageData;
  jsonLd?: readonly object[];
  /** Keeps a page that is only for this shopper out of search engines. */
  isPrivate?: boolean;
}

/** What becomes of a request. */
export type Reply =
  | Page
  | { kind: "redirect"; to: string; cookies?: readonly string[] }
  | { kind: "json"; status: number; body: object }
  | { kind: "text"; status: number; body: string; headers?: Record<string, string> }
  | {
      kind: "file";
      type: string;
      body: Uint8Array<ArrayBuffer> | string;
      etag: string;
      maxAgeSeconds: number;
    };

import type { Session } from "electron";
import { readPageFile, type Served } from "../shared/pageFiles.ts";
import { isOwnUrl, SCHEME } from "./origin.ts";

/** Answers the page's own addresses in this partition from the page's folder. */
export function serveProtocol(session: Session, served: () => Served): void {
  session.protocol.handle(SCHEME, async ({ url, method }) => {
    if (!isOwnUrl(url) || method !== "GET") return new Response(null, { status: 404 });
    const { status, headers, body } = await readPageFile(served(), new URL(url).pathname);
    return new Response(body as BodyInit, { status, headers });
  });
}

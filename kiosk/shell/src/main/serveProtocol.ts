import type { Session } from "electron";
import type { KioskIdentity } from "@vitrine/kiosk/shell";
import { readPageFile } from "../shared/pageFiles.ts";
import { isOwnUrl, SCHEME } from "./origin.ts";

/** What is served to a partition. */
export interface Served {
  /** The page's folder. */
  folder: string;
  identity: () => KioskIdentity | undefined;
}

/** Answers the page's own addresses in this partition from the page's folder. */
export function serveProtocol(session: Session, { folder, identity }: Served): void {
  session.protocol.handle(SCHEME, async ({ url, method }) => {
    if (!isOwnUrl(url) || method !== "GET") return new Response(null, { status: 404 });
    const { status, headers, body } = await readPageFile(folder, new URL(url).pathname, identity());
    return new Response(body as BodyInit, { status, headers });
  });
}

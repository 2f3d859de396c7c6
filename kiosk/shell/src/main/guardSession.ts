import type { MediaAccessPermissionRequest, Session } from "electron";
import type { KioskIdentity } from "@vitrine/kiosk/shell";
import { isAllowedPermission } from "./isAllowedPermission.ts";
import { isOwnUrl } from "./origin.ts";

/** What decides about a partition. */
export interface PartitionRights {
  identity: () => KioskIdentity | undefined;
  hasCamera: boolean;
}

/**
 * Closes a partition: permissions, devices, downloads, and every address but our own and the server's.
 * Both permission handlers are set, since Electron grants what one of them does not hear of.
 */
export function guardSession(session: Session, { identity, hasCamera }: PartitionRights): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const { mediaTypes } = details as MediaAccessPermissionRequest;
    const { requestingUrl: url, isMainFrame } = details;
    answer(isAllowedPermission({ hasCamera, permission, url, isMainFrame, media: mediaTypes ?? [] }));
  });
  session.setPermissionCheckHandler((_contents, permission, origin, { isMainFrame, mediaType }) =>
    isAllowedPermission({ hasCamera, permission, url: origin, isMainFrame, media: [mediaType] }),
  );
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler(null);
  session.on("will-download", (event) => event.preventDefault());
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isReachable(url, identity()) }));
}

/** The fence behind the Content-Security-Policy: what a page may load, whatever asks for it. */
export function isReachable(url: string, identity: KioskIdentity | undefined): boolean {
  if (isOwnUrl(url) || url.startsWith("blob:mirror:") || url.startsWith("data:")) return true;
  if (!identity || !/^https?:/.test(url)) return false;
  const { origin } = new URL(url);
  return origin === identity.endpoint || origin === new URL(identity.shopUrl).origin;
}

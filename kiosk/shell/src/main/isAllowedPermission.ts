import { isOwnUrl } from "./origin.ts";

/** What a page asks to use, as both of Electron's handlers tell it. */
export interface PermissionAsk {
  /** Whether this kiosk has one at all. */
  hasCamera: boolean;
  permission: string;
  /** Of the page or frame that asks. */
  url: string;
  isMainFrame: boolean;
  /** Kinds of media, with `media`. */
  media: readonly (string | undefined)[];
}

/** The picture of the camera for our own page; nothing else, and sound to nobody. */
export function isAllowedPermission({
  hasCamera,
  permission,
  url,
  isMainFrame,
  media,
}: PermissionAsk): boolean {
  return (
    hasCamera &&
    permission === "media" &&
    isMainFrame &&
    isOwnUrl(url) &&
    media.length > 0 &&
    media.every((kind) => kind === "video")
  );
}

import { isOwnUrl } from "./origin.ts";

/** Who sent an IPC message. */
export interface Sender {
  /** Of the frame; undefined when the frame is gone. */
  url: string | undefined;
  isMainFrame: boolean;
  /** The window that is shown now, not one that is being ended. */
  isCurrent: boolean;
}

/** Only the mirror's own page, in the window on the screen, is listened to. */
export function isTrustedSender({ url, isMainFrame, isCurrent }: Sender): boolean {
  return isCurrent && isMainFrame && url !== undefined && isOwnUrl(url);
}

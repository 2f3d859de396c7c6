import { ipcMain, type IpcMainInvokeEvent, type WebContents } from "electron";
import { channelOf, REQUESTS } from "../shared/channels.ts";
import type { Door } from "../shared/door.ts";
import { isTrustedSender } from "./isTrustedSender.ts";

/**
 * Hands the messages of the page that is shown to the door; all others are refused before they are read.
 * @param current the page on the screen, if there is one.
 */
export function answerIpc(door: Door, current: () => WebContents | undefined): void {
  for (const name of REQUESTS)
    ipcMain.handle(channelOf(name), (event, payload: unknown) => {
      if (!isFromPage(event, current())) throw new Error("This page is not the mirror's.");
      return door(name, payload);
    });
}

function isFromPage({ sender, senderFrame }: IpcMainInvokeEvent, current: WebContents | undefined): boolean {
  return isTrustedSender({
    url: senderFrame?.url,
    isMainFrame: senderFrame === sender.mainFrame,
    isCurrent: sender === current,
  });
}

// The whole preload script: a page behind context isolation gets these functions and nothing else of Electron.
import { contextBridge, ipcRenderer } from "electron";
import { channelOf, COMMAND_CHANNEL, type RequestName } from "../shared/channels.ts";
import type { CallAnswer, Command, KioskIdentity, Shell } from "@vitrine/kiosk/shell";

const ask = (name: RequestName, payload?: unknown): Promise<unknown> =>
  ipcRenderer.invoke(channelOf(name), payload).catch((error: Error) => {
    // Electron puts the channel in front of the sentence that is meant for people.
    throw new Error(error.message.replace(/^Error invoking remote method '[^']*': (?:\w*Error: )?/, ""));
  });

const shell: Shell = {
  kind: "electron",
  identity: () => ask("identity") as Promise<KioskIdentity | undefined>,
  enrol: (code, endpoint) => ask("enrol", { code, endpoint }) as Promise<void>,
  call: (method, path, body) => ask("call", { method, path, body }) as Promise<CallAnswer>,
  // A beat that is refused would be refused again: the page falls silent then, and is started anew.
  beat: (health) => void ask("beat", health).catch(() => undefined),
  track: (note) => ask("track", note) as Promise<void>,
  wipe: () => ask("wipe") as Promise<void>,
  onCommand: (listener) => {
    const tell = (_event: unknown, command: Command) => listener(command);
    ipcRenderer.on(COMMAND_CHANNEL, tell);
    return () => void ipcRenderer.off(COMMAND_CHANNEL, tell);
  },
};

contextBridge.exposeInMainWorld("shell", shell);

import type { Readable, Writable } from "node:stream";

/** Chromium's remote control over a pair of pipes. */
export interface DevtoolsPipe {
  /** Sends without waiting: an answer that fails comes to `onEvent` as no event. */
  send(method: string, params?: object, sessionId?: string): void;
}

/** An event of the DevTools protocol. */
export interface DevtoolsEvent {
  method: string;
  params: Record<string, unknown>;
  /** Of the page that it is about; absent for the browser's own. */
  sessionId?: string;
}

/** Messages end with a zero byte. */
const END = "\0";

/** Speaks the DevTools protocol. @see https://chromedevtools.github.io/devtools-protocol/ */
export function openDevtoolsPipe(
  toBrowser: Writable,
  fromBrowser: Readable,
  onEvent: (event: DevtoolsEvent) => void,
): DevtoolsPipe {
  let id = 0;
  let text = "";
  fromBrowser.setEncoding("utf8").on("data", (part: string) => {
    const messages = (text + part).split(END);
    text = messages.pop()!;
    for (const message of messages) {
      const event = JSON.parse(message) as Partial<DevtoolsEvent>;
      if (event.method !== undefined) onEvent(event as DevtoolsEvent);
    }
  });
  // A browser that ends breaks its pipes; that it ended is told by its process.
  toBrowser.on("error", () => undefined);
  return {
    send: (method, params = {}, sessionId) =>
      void toBrowser.write(JSON.stringify({ id: ++id, method, params, sessionId }) + END),
  };
}

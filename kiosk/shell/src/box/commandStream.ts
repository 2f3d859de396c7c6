import type { ServerResponse } from "node:http";
import type { Command } from "@vitrine/kiosk/shell";

/** The way of commands into a page, as Server-Sent Events. */
export interface CommandStream {
  open(response: ServerResponse): void;
  /** What is told before a page listens, it hears when it does. */
  tell(command: Command): void;
  /** Another page comes: what was meant for the last one is void. */
  forget(): void;
}

/** One reader at a time: the page on the screen. */
export function createCommandStream(): CommandStream {
  let reader: ServerResponse | undefined;
  let waiting: Command[] = [];
  const write = (command: Command) => void reader?.write(`event: command\ndata: ${command}\n\n`);
  return {
    open(response) {
      reader?.end();
      reader = response;
      response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
      response.write(": open\n\n");
      waiting.forEach(write);
      waiting = [];
    },
    tell: (command) => (reader ? write(command) : void waiting.push(command)),
    forget() {
      reader?.end();
      reader = undefined;
      waiting = [];
    },
  };
}

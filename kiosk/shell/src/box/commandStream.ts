import type { ServerResponse } from "node:http";
import type { Command } from "@vitrine/kiosk/shell";

/** The way of commands into a page, as Server-Sent Events. */
export interface CommandStream {
  open(response: ServerResponse): void;
  tell(command: Command): void;
}

/** One reader at a time: the page on the screen. */
export function createCommandStream(): CommandStream {
  let reader: ServerResponse | undefined;
  return {
    open(response) {
      reader?.end();
      reader = response;
      response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
      response.write(": open\n\n");
    },
    tell: (command) => void reader?.write(`event: command\ndata: ${command}\n\n`),
  };
}

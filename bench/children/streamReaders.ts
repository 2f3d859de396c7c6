// Thousands of devices that hold a stream open and note when they hear of a version.
import { createHash } from "node:crypto";
import { connect, type Socket } from "node:net";
import { answerParent } from "../support/answerParent.ts";
import { machineMs } from "../support/machineMs.ts";

/** Opened at a time: more would overflow the server's queue of connections and wait for a repeated SYN. */
const OPENED_AT_ONCE = 200;

const sockets: Socket[] = [];
/** When each reader heard of a version, by version; ms of the machine's own clock. */
const heard = new Map<number, number[]>();

function openOne(port: number, path: string, reader: number): Promise<void> {
  const secret = createHash("sha256").update(`reader ${reader}`).digest("base64url");
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    sockets.push(socket);
    let tail = "";
    socket.on("connect", () =>
      socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${secret}\r\n\r\n`),
    );
    socket.on("error", reject);
    socket.on("data", (chunk: Buffer) => {
      const at = machineMs();
      tail += chunk.toString("latin1");
      if (tail.includes("retry:")) resolve();
      for (const [, version] of tail.matchAll(/"rules":(\d+)}/g)) hear(Number(version), at);
      tail = tail.slice(tail.lastIndexOf("\n") + 1);
    });
  });
}

function hear(version: number, at: number): void {
  const times = heard.get(version);
  if (times) times.push(at);
  else heard.set(version, [at]);
}

answerParent({
  open: async ({ port, path, count }: { port: number; path: string; count: number }) => {
    for (let reader = 0; reader < count; reader += OPENED_AT_ONCE) {
      const last = Math.min(count, reader + OPENED_AT_ONCE);
      await Promise.all(Array.from({ length: last - reader }, (_, at) => openOne(port, path, reader + at)));
    }
  },
  /** Waits until all have heard of a version, or gives up. @returns the times of those that have. */
  heard: async ({ version, count, maxMs }: { version: number; count: number; maxMs: number }) => {
    const end = machineMs() + maxMs;
    while ((heard.get(version)?.length ?? 0) < count && machineMs() < end)
      await new Promise((resolve) => setTimeout(resolve, 20));
    return heard.get(version) ?? [];
  },
  close: () => {
    for (const socket of sockets) socket.destroy();
  },
});

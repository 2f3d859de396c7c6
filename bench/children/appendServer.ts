// The controls of the collector: a bare HTTP server that appends each body to a file and flushes before it answers,
// with one flush for all that came meanwhile, as the collector's commits do. Asked to, it reads the events out of the
// body first and writes a line for each: the least that anything has to do that looks at events at all.
import { closeSync, fdatasync, openSync, statSync, writev } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { answerParent } from "../support/answerParent.ts";
import { processUsage } from "../support/processUsage.ts";

const write = promisify(writev);
const flush = promisify(fdatasync);
const LINE_END = Buffer.from("\n");
const ANSWER = '{"success":true}';

let file: number;
let path: string;
let waiting: { body: Buffer[]; response: ServerResponse }[] = [];
let isWriting = false;
let readsEvents = false;

async function commit(): Promise<void> {
  if (isWriting) return;
  isWriting = true;
  while (waiting.length > 0) {
    const group = waiting;
    waiting = [];
    await write(
      file,
      group.flatMap(({ body }) => [...body, LINE_END]),
    );
    await flush(file);
    for (const { response } of group) {
      response.writeHead(200, { "Content-Type": "application/json", "Content-Length": ANSWER.length });
      response.end(ANSWER);
    }
  }
  isWriting = false;
}

function eventLines(body: Buffer[]): Buffer[] {
  const { batch } = JSON.parse(Buffer.concat(body).toString()) as { batch: object[] };
  return [Buffer.from(batch.map((event) => JSON.stringify(event)).join("\n"))];
}

function take(request: IncomingMessage, response: ServerResponse): void {
  const body: Buffer[] = [];
  request.on("data", (chunk: Buffer) => body.push(chunk));
  request.on("end", () => {
    waiting.push({ body: readsEvents ? eventLines(body) : body, response });
    void commit();
  });
}

const http = createServer({ noDelay: true }, take);

answerParent({
  open: async ({ dataDir, isReading = false }: { dataDir: string; isReading?: boolean }) => {
    readsEvents = isReading;
    path = join(dataDir, "bodies.jsonl");
    file = openSync(path, "a");
    await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
    return { port: (http.address() as AddressInfo).port };
  },
  usage: processUsage,
  /** Closes everything. @returns bytes on disk. */
  close: async () => {
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
    closeSync(file);
    return statSync(path).size;
  },
});

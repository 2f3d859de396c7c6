import type { IncomingMessage } from "node:http";
import type { RequestName } from "../shared/channels.ts";
import { MAX_BYTES, MAX_JSON_BYTES, MessageError } from "../shared/parseMessage.ts";

/**
 * The payload of a request to the door: JSON, or bytes whose method and path stand in headers.
 * @throws MessageError
 */
export async function readRequest(request: IncomingMessage, name: RequestName): Promise<unknown> {
  const { "content-type": type, "shell-method": method, "shell-path": path } = request.headers;
  if (type === "application/octet-stream" && name === "call")
    return { method, path, body: await readBytes(request, MAX_BYTES) };
  if (type !== "application/json") throw new MessageError("The shell takes JSON.");
  // The body of a call, and what stands around it.
  const bytes = await readBytes(request, MAX_JSON_BYTES + 1024);
  try {
    return JSON.parse(bytes.toString()) as unknown;
  } catch {
    throw new MessageError("The shell takes JSON.");
  }
}

async function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new MessageError(`A request may have ${maxBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

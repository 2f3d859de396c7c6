import type { IncomingMessage } from "node:http";

const MAX_BYTES = 16_384;

/** A body the shop will not read; `status` is the answer. */
export class BodyError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * Reads a whole request body as text.
 * @throws BodyError when it is longer than a form of this shop can be.
 */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw new BodyError(413, `A form of this shop has at most ${MAX_BYTES} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** The last non-empty value of a field, trimmed: a hidden input and its script-less twin may both be there. */
export function field(form: URLSearchParams, name: string): string {
  return (
    form
      .getAll(name)
      .map((value) => value.trim())
      .findLast(Boolean) ?? ""
  );
}

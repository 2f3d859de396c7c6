import type { TestContext } from "node:test";

/** One message of a stream. */
export interface StreamMessage {
  id: string;
  event: string;
  data: { revision: number; rules: number };
}

/** An open event stream. */
export interface OpenStream {
  status: number;
  /** All text so far, comments included. */
  text(): string;
  /** Resolves with the next message. */
  next(): Promise<StreamMessage>;
  close(): void;
}

/** Opens an event stream; it closes with the test. */
export async function openStream(
  t: TestContext,
  url: string,
  headers: Record<string, string> = {},
): Promise<OpenStream> {
  const abort = new AbortController();
  t.after(() => abort.abort());
  const answer = await fetch(url, { headers, signal: abort.signal });
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  let unread = "";
  return {
    status: answer.status,
    text: () => text,
    async next() {
      for (;;) {
        const end = unread.indexOf("\n\n");
        if (end >= 0) {
          const block = unread.slice(0, end);
          unread = unread.slice(end + 2);
          const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1];
          const data = field("data");
          if (data !== undefined)
            return { id: field("id")!, event: field("event")!, data: JSON.parse(data) as never };
          continue;
        }
        const { done, value } = await reader.read();
        if (done) throw new Error("the stream ended");
        text += value;
        unread += value;
      }
    },
    close: () => abort.abort(),
  };
}

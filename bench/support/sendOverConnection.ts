import { connect } from "node:net";

const HEAD_END = Buffer.from("\r\n\r\n");

/** A whole `POST` as bytes. Made before the clock runs, so that the client costs next to nothing while it does. */
export function postBytes(path: string, body: string): Buffer {
  const bytes = Buffer.from(body);
  const head = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\nContent-Length: ${bytes.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), bytes]);
}

/**
 * Sends requests over one kept-alive connection, each after the answer to the one before.
 * @param onAnswer hears the body of each answer. Answers must have a Content-Length.
 * @throws Error for any answer that is not 200
 */
export function sendOverConnection(
  port: number,
  requests: readonly Buffer[],
  onAnswer: (body: Buffer) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    let received: Buffer = Buffer.alloc(0);
    let next = 0;
    const sendNext = () => {
      const request = requests[next++];
      if (request) socket.write(request);
      else {
        socket.end();
        resolve();
      }
    };
    socket.on("connect", sendNext);
    socket.on("error", reject);
    socket.on("data", (chunk: Buffer) => {
      received = received.length > 0 ? Buffer.concat([received, chunk]) : chunk;
      const headEnd = received.indexOf(HEAD_END);
      if (headEnd < 0) return;
      const head = received.toString("latin1", 0, headEnd);
      const length = /^content-length: *(\d+)/im.exec(head)?.[1];
      const start = headEnd + HEAD_END.length;
      if (!head.startsWith("HTTP/1.1 200") || length === undefined) {
        socket.destroy();
        return reject(new Error(`unexpected answer: ${received.toString("utf8").slice(0, 500)}`));
      }
      const end = start + Number(length);
      if (received.length < end) return;
      onAnswer(received.subarray(start, end));
      received = received.subarray(end);
      sendNext();
    });
  });
}

import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import type { Scope } from "../FaultRow.ts";

/** A way to a server on which every byte is written down. */
export interface Way {
  url: string;
  /** All that went to the server since the last `forget`. */
  sent: () => Buffer;
  forget: () => void;
}

/** Opens a way to a server; it ends with the scope. */
export async function listenBetween(scope: Scope, server: string): Promise<Way> {
  const target = new URL(server);
  let parts: Buffer[] = [];
  const sockets = new Set<Socket>();
  const way = createServer((from) => {
    const to = connect(Number(target.port), target.hostname);
    for (const socket of [from, to]) {
      sockets.add(socket);
      socket.on("error", () => void [from.destroy(), to.destroy()]);
    }
    from.on("data", (part: Buffer) => void parts.push(part));
    from.pipe(to).pipe(from);
  });
  await new Promise<void>((resolve) => way.listen(0, "127.0.0.1", resolve));
  scope.after(() => {
    for (const socket of sockets) socket.destroy();
    way.close();
  });
  return {
    url: `http://127.0.0.1:${(way.address() as AddressInfo).port}`,
    sent: () => Buffer.concat(parts),
    forget: () => void (parts = []),
  };
}

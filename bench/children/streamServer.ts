// The control of push: a bare HTTP server that writes a line to every open response.
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answerParent } from "../support/answerParent.ts";
import { processUsage } from "../support/processUsage.ts";

const streams = new Set<ServerResponse>();

const http = createServer((request, response) => {
  response.writeHead(200, { "Content-Type": "text/event-stream" });
  response.write("retry: 1000\n\n");
  streams.add(response);
  request.on("close", () => streams.delete(response));
});

answerParent({
  open: async () => {
    await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
    return { port: (http.address() as AddressInfo).port };
  },
  publish: (version: number) => {
    for (const response of streams)
      response.write(`id: 0.${version}\nevent: state\ndata: {"revision":0,"rules":${version}}\n\n`);
  },
  usage: processUsage,
  close: () => http.closeAllConnections(),
});

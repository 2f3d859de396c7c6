#!/usr/bin/env node
import type { AddressInfo } from "node:net";
import type { Server } from "node:http";
import { createVitrine, type Vitrine } from "./createVitrine.ts";
import { createHttpServer } from "./http/createHttpServer.ts";
import { settingsFromCommandLine, type CommandLine } from "./settingsFromCommandLine.ts";

/** Longest a stopping server waits for requests that are being answered. */
const DRAIN_MS = 8_000;

const command = settingsFromCommandLine(process.argv.slice(2), process.env);
if (command.kind === "help") process.stdout.write(`${command.text}\n`);
else if (command.kind === "error") {
  process.stderr.write(`${command.text}\n`);
  process.exitCode = 2;
} else {
  await run(command).catch((error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
}

async function run({ host, port, options }: Extract<CommandLine, { kind: "run" }>): Promise<void> {
  const vitrine = await createVitrine(options);
  const server = createHttpServer(vitrine.handler, vitrine.services.settings.limits);
  server.on("error", (error: NodeJS.ErrnoException) => {
    process.stderr.write(`Cannot listen on ${host}:${port}: ${error.code}. Choose another --port.\n`);
    process.exitCode = 1;
    void vitrine.close();
  });
  // Node's own 511 is short for thousands of devices that come back at once.
  server.listen({ port, host, backlog: 4096 }, () => announce(vitrine, server.address() as AddressInfo));
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stop(vitrine, server));
}

/** To standard output, not to the log: the secret key is shown once and kept nowhere. */
function announce(vitrine: Vitrine, { address, port }: AddressInfo): void {
  const { site, firstSecretKey } = vitrine;
  const lines = [
    `Vitrine listens on http://${address}:${port}`,
    `site key   ${site.siteKey}`,
    `rules key  ${site.rulesKey}`,
    `console    ${vitrine.consoleLink()} (works once)`,
  ];
  if (firstSecretKey !== undefined) lines.push(`secret key ${firstSecretKey} (shown this once: keep it)`);
  process.stdout.write(`${lines.join("\n")}\n`);
}

/** Lets no one in, answers who is inside, makes all durable. */
async function stop(vitrine: Vitrine, server: Server): Promise<void> {
  const hardStop = setTimeout(() => server.closeAllConnections(), DRAIN_MS).unref();
  // A connection whose last request was just answered would else be kept for the next one.
  const hangUp = setInterval(() => server.closeIdleConnections(), 50);
  vitrine.drain();
  await new Promise<void>((resolve) => void server.close(() => resolve()));
  clearTimeout(hardStop);
  clearInterval(hangUp);
  await vitrine.close();
}

import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import type { TestContext } from "node:test";
import { pino } from "pino";
import type { BatchResponse, EventResult } from "../../../packages/core/src/index.ts";
import type { Snapshot } from "../../../packages/server/src/identity/person.ts";
import { createHttpServer, createVitrine, LIMITS } from "../../../packages/server/src/index.ts";
import type { Vitrine, VitrineOptions } from "../../../packages/server/src/index.ts";

/** The day on which the tests' handed-in clocks start. */
export const NOW: number = Date.parse("2026-11-22T12:00:00Z");

/** A browser's secret and the id it certifies. */
export interface Device {
  secret: string;
  id: string;
}

export function newDevice(): Device {
  const secret = randomBytes(32).toString("base64url");
  return { secret, id: `d_${createHash("sha256").update(secret).digest("base64url").slice(0, 22)}` };
}

/** A Vitrine on a folder and a port of its own, and short ways to talk to it. */
export interface Running {
  vitrine: Vitrine;
  url: string;
  dataDir: string;
  siteKey: string;
  secretKey: string;
  clock: { now: number };
  /** Everything that was logged. */
  logged(): string;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** Sends a batch and gives the results; fails unless the answer is 200. */
  send(batch: unknown[], more?: Record<string, unknown>): Promise<EventResult[]>;
  profile(device: Device, writers?: string[]): Promise<Snapshot>;
  stop(): Promise<void>;
  /** Stops, and starts again on the same folder. */
  restart(): Promise<Running>;
}

/** Starts a server for one test; it stops and its folder goes with the test. */
export async function runVitrine(
  t: Pick<TestContext, "after">,
  options: Partial<VitrineOptions> = {},
): Promise<Running> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), "vitrine-test-"));
  if (!options.dataDir) t.after(() => rmSync(dataDir, { recursive: true, force: true }));
  return start(t, { ...options, dataDir }, { now: NOW }, undefined);
}

async function start(
  t: Pick<TestContext, "after">,
  options: VitrineOptions,
  clock: { now: number },
  oldSecretKey: string | undefined,
): Promise<Running> {
  let logged = "";
  const sink = new Writable({
    write(chunk, _encoding, done) {
      logged += String(chunk);
      done();
    },
  });
  const log = pino({ level: "trace" }, sink);
  const vitrine = await createVitrine({ log, clock: () => clock.now, ...options });
  const server = createHttpServer(vitrine.handler, { ...LIMITS, ...options.limits });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { siteKey } = vitrine.site;
  const secretKey = oldSecretKey ?? vitrine.firstSecretKey ?? "";

  let stopped: Promise<void> | undefined;
  const stop = () =>
    (stopped ??= (async () => {
      vitrine.drain();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await vitrine.close();
    })());
  t.after(stop);

  const post: Running["post"] = (path, body, headers = {}) =>
    fetch(url + path, {
      method: "POST",
      headers,
      body: typeof body === "string" || body instanceof Uint8Array ? (body as never) : JSON.stringify(body),
    });
  return {
    vitrine,
    url,
    dataDir: options.dataDir,
    siteKey,
    secretKey,
    clock,
    logged: () => logged,
    post,
    async send(batch, more = {}) {
      const sentAt = new Date(clock.now).toISOString();
      const answer = await post("/v1/batch", { writeKey: siteKey, sentAt, batch, ...more });
      if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
      return ((await answer.json()) as BatchResponse).results;
    },
    async profile(device, writers = []) {
      const answer = await fetch(`${url}/v1/profile?site=${siteKey}&writers=${writers.join(",")}`, {
        headers: { Authorization: `Bearer ${device.secret}` },
      });
      if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
      return (await answer.json()) as Snapshot;
    },
    stop,
    async restart() {
      await stop();
      return start(t, options, clock, secretKey);
    },
  };
}

/** An event as our SDK sends it. */
export function viewed(
  device: Device,
  writer: string,
  seq: number,
  more: Record<string, unknown> = {},
): object {
  return {
    type: "track",
    event: "Product Viewed",
    messageId: `${writer}-${seq}`,
    anonymousId: device.id,
    timestamp: new Date(NOW - 60_000 + seq).toISOString(),
    properties: { product_id: `p${seq}`, category: "Skirts" },
    context: { writer: { id: writer, seq } },
    ...more,
  };
}

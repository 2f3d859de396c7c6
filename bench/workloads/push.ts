import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Rule } from "@vitrine/core";
import { startChild, type Child } from "../support/childProcess.ts";
import { interleave } from "../support/interleave.ts";
import { machineMs } from "../support/machineMs.ts";
import type { Usage } from "../support/processUsage.ts";
import { median, quantile } from "../support/statistics.ts";
import type { Effort, Figure, Workload } from "../support/Workload.ts";

const STREAMS = 10_000;
const QUICK_STREAMS = 500;
const ROUNDS = 5;
const MAX_WAIT_MS = 10_000;

const MAX_P99_MS = 500;
const MAX_BYTES = 20_000;

/** How long a publication took to reach the readers, ms. */
interface Round {
  p99: number;
  last: number;
}

/** A server with its readers; `publish` makes a version known. */
interface Arm {
  server: Child;
  readers: Child;
  bytesPerStream: number;
  publish: (round: number) => Promise<{ version: number; startedAt: number }>;
}

/** A rule published to every open stream, beside a bare server that writes the same line to all of them. */
export const push: Workload = {
  name: "push",
  about:
    "from publishing a rule to the last open stream, and memory of a stream, against a bare loop of writes",
  run: async ({ isQuick, folder, note }) => {
    const streams = isQuick ? QUICK_STREAMS : STREAMS;
    const children: Child[] = [];
    const start = (name: string, ...flags: string[]) => {
      const child = startChild(name, flags);
      children.push(child);
      return child;
    };
    try {
      note(`opens ${streams} streams to each server`);
      const ours = await openOurs(start, streams, folder);
      const bare = await openBare(start, streams);
      const measure = (arm: Arm) => async (round: number) => {
        const { version, startedAt } = await arm.publish(round);
        const times = await arm.readers.call<number[]>("heard", {
          version,
          count: streams,
          maxMs: MAX_WAIT_MS,
        });
        if (times.length < streams)
          throw new Error(`${times.length} of ${streams} streams heard of version ${version}`);
        const delays = times.map((time) => time - startedAt);
        return { p99: quantile(delays, 0.99), last: Math.max(...delays) };
      };
      const measured = await interleave((isQuick ? 2 : ROUNDS) + 1, {
        ours: measure(ours),
        bare: measure(bare),
      });
      for (const { server, readers } of [ours, bare]) {
        await readers.call("close");
        await server.call("close");
      }
      return toFigures(streams, measured.ours.slice(1), measured.bare.slice(1), ours, bare);
    } finally {
      await Promise.all(children.map((child) => child.stop()));
    }
  },
};

type Start = (name: string, ...flags: string[]) => Child;

async function openOurs(start: Start, streams: number, folder: Effort["folder"]): Promise<Arm> {
  const dataDir = join(folder, "push");
  mkdirSync(dataDir, { recursive: true });
  const server = start("vitrineServer", "--expose-gc");
  const site = await server.call<{ port: number; siteKey: string; secretKey: string }>("open", { dataDir });
  const call = async <T>(method: string, path: string, body: unknown): Promise<T> => {
    const response = await fetch(`http://127.0.0.1:${site.port}/v1/admin/rules/${path}`, {
      method,
      headers: { Authorization: `Bearer ${site.secretKey}`, "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };
  const opened = await openReaders(start, server, site.port, `/v1/stream?site=${site.siteKey}`, streams);
  const publish = async (round: number) => {
    await call("PUT", "draft", { rules: [welcomeRule(round)] });
    const startedAt = machineMs();
    const { version } = await call<{ version: number }>("POST", "publish", {});
    return { version, startedAt };
  };
  return { server, ...opened, publish };
}

async function openBare(start: Start, streams: number): Promise<Arm> {
  const server = start("streamServer", "--expose-gc");
  const { port } = await server.call<{ port: number }>("open");
  const opened = await openReaders(start, server, port, "/", streams);
  const publish = async (round: number) => {
    const startedAt = machineMs();
    await server.call("publish", round + 1);
    return { version: round + 1, startedAt };
  };
  return { server, ...opened, publish };
}

async function openReaders(
  start: Start,
  server: Child,
  port: number,
  path: string,
  count: number,
): Promise<Pick<Arm, "readers" | "bytesPerStream">> {
  const readers = start("streamReaders");
  const before = await server.call<Usage>("usage");
  await readers.call("open", { port, path, count });
  const after = await server.call<Usage>("usage");
  return { readers, bytesPerStream: (after.memoryBytes - before.memoryBytes) / count };
}

/** Another rule each round, since what did not change is not published. */
const welcomeRule = (round: number): Rule => ({
  id: "welcome",
  placement: "home-hero",
  action: { type: "message", text: { en: `Welcome, ${round}` } },
});

function toFigures(streams: number, ours: Round[], bare: Round[], arm: Arm, bareArm: Arm): Figure[] {
  const p99 = median(ours.map((round) => round.p99));
  const of = `${streams.toLocaleString("en-GB")} streams`;
  const what = "bare loop of writes";
  return [
    {
      what: `${of}, publish to reader, p99`,
      value: p99,
      unit: "ms",
      beside: { what, value: median(bare.map((round) => round.p99)) },
      budget: { text: `< ${MAX_P99_MS} ms`, isKept: p99 < MAX_P99_MS },
    },
    {
      what: `${of}, publish to the last reader`,
      value: median(ours.map((round) => round.last)),
      unit: "ms",
      beside: { what, value: median(bare.map((round) => round.last)) },
      rounds: ours.map((round) => round.last),
    },
    {
      what: "memory of a stream",
      value: arm.bytesPerStream,
      unit: "bytes",
      beside: { what, value: bareArm.bytesPerStream },
      budget: {
        text: `≤ ${MAX_BYTES.toLocaleString("en-GB")} bytes`,
        isKept: arm.bytesPerStream <= MAX_BYTES,
      },
    },
  ];
}

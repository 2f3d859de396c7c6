import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { startChild, type Child } from "../support/childProcess.ts";
import type { BatchPlan } from "../support/deviceBatches.ts";
import { interleave } from "../support/interleave.ts";
import type { Usage } from "../support/processUsage.ts";
import { median } from "../support/statistics.ts";
import type { Effort, Figure, Workload } from "../support/Workload.ts";

/** Events in a batch, with the batches of a round: about a second of work each. */
const SIZES = [
  { size: 1, batches: 3_000 },
  { size: 50, batches: 320 },
  { size: 500, batches: 32 },
];
const ROUNDS = 5;
const QUICK_ROUNDS = 2;
const CONNECTIONS = 16;
const DEVICES_PER_CONNECTION = 10;

/** Of what the bare server does, in batches of this size. */
const BUDGET = { size: 50, share: 0.6 };

/** What one round of one server came to. */
interface Round {
  eventsPerSecond: number;
  /** ms of CPU, all threads of the server, for 1,000 events. */
  cpuMsPer1000: number;
}

/** Durable, deduplicated, folded events a second, against servers that only append and flush. */
export const collector: Workload = {
  name: "collector",
  about: `durable events a second over ${CONNECTIONS} connections, against bare HTTP servers that append and flush`,
  run: async (effort) => {
    const figures: Figure[] = [];
    for (const { size, batches } of SIZES) {
      effort.note(`batches of ${size}`);
      figures.push(...(await runSize(size, effort.isQuick ? Math.ceil(batches / 8) : batches, effort)));
    }
    return figures;
  },
};

/** Starts the three servers on fresh folders, and a client for all of them. */
async function runSize(size: number, batches: number, { folder, isQuick }: Effort): Promise<Figure[]> {
  const client = startChild("loadClient");
  const children = {
    ours: startChild("vitrineServer"),
    bare: startChild("appendServer"),
    reading: startChild("appendServer"),
  };
  try {
    const open = <T>(name: keyof typeof children, more: object = {}) => {
      const dataDir = join(folder, `${name}-${size}`);
      mkdirSync(dataDir, { recursive: true });
      return children[name].call<T & { port: number }>("open", { dataDir, ...more });
    };
    const site = await open<{ siteKey: string }>("ours");
    const plan: Omit<BatchPlan, "round"> = {
      siteKey: site.siteKey,
      size,
      batches,
      connections: Math.min(CONNECTIONS, batches),
      devicesPerConnection: DEVICES_PER_CONNECTION,
    };
    // One round more than asked for: the first one warms up.
    const rounds = (isQuick ? QUICK_ROUNDS : ROUNDS) + 1;
    const measured = await interleave(rounds, {
      ours: sendTo(client, children.ours, site.port, plan, true),
      bare: sendTo(client, children.bare, (await open("bare")).port, plan, false),
      reading: sendTo(
        client,
        children.reading,
        (await open("reading", { isReading: true })).port,
        plan,
        false,
      ),
    });
    const events = batches * size * rounds;
    const stored = (await children.ours.call<number>("close")) / events;
    const appended = (await children.bare.call<number>("close")) / events;
    const { ours, bare, reading } = measured;
    return toFigures(
      size,
      { ours: ours.slice(1), bare: bare.slice(1), reading: reading.slice(1) },
      stored,
      appended,
    );
  } finally {
    await Promise.all([client, ...Object.values(children)].map((child) => child.stop()));
  }
}

/** A round of a server. All get the same bytes. */
function sendTo(
  client: Child,
  server: Child,
  port: number,
  plan: Omit<BatchPlan, "round">,
  isOurs: boolean,
): (round: number) => Promise<Round> {
  const events = plan.batches * plan.size;
  return async (round) => {
    await client.call("prepare", { ...plan, round });
    const before = await server.call<Usage>("usage");
    const { seconds, accepted } = await client.call<{ seconds: number; accepted: number }>("send", { port });
    const after = await server.call<Usage>("usage");
    if (isOurs && accepted !== events) throw new Error(`${accepted} of ${events} events were accepted`);
    return {
      eventsPerSecond: events / seconds,
      cpuMsPer1000: ((after.cpuSeconds - before.cpuSeconds) / events) * 1e6,
    };
  };
}

type Measured = Record<"ours" | "bare" | "reading", Round[]>;

function toFigures(size: number, measured: Measured, stored: number, appended: number): Figure[] {
  const speedsOf = (name: keyof Measured) => measured[name].map((round) => round.eventsPerSecond);
  const cpuOf = (name: keyof Measured) => median(measured[name].map((round) => round.cpuMsPer1000));
  const bareSpeeds = speedsOf("bare");
  // Each round against the bare server's of the same round: what the machine did meanwhile cancels out.
  const share = median(speedsOf("ours").map((speed, round) => speed / bareSpeeds[round]!));
  const text = `≥ ${BUDGET.share * 100} %, is ${Math.round(share * 100)} %`;
  const speed = { what: `batches of ${size}, throughput`, value: median(speedsOf("ours")), unit: "events/s" };
  const cpu = { what: `batches of ${size}, server's CPU for 1,000 events`, value: cpuOf("ours"), unit: "ms" };
  return [
    {
      ...speed,
      beside: { what: "append and flush", value: median(bareSpeeds) },
      rounds: speedsOf("ours"),
      ...(size === BUDGET.size && { budget: { text, isKept: share >= BUDGET.share } }),
    },
    { ...speed, beside: { what: "read events, append and flush", value: median(speedsOf("reading")) } },
    { ...cpu, beside: { what: "append and flush", value: cpuOf("bare") } },
    { ...cpu, beside: { what: "read events, append and flush", value: cpuOf("reading") } },
    {
      what: `batches of ${size}, stored for an event`,
      value: stored,
      unit: "bytes",
      beside: { what: "as it was sent", value: appended },
    },
  ];
}

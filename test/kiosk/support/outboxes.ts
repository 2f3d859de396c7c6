import { generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CallAnswer } from "../../../kiosk/src/shell.ts";
import { createDelivery, type Delivery } from "../../../kiosk/shell/src/shared/outbox/delivery.ts";
import { openOutbox, type Outbox } from "../../../kiosk/shell/src/shared/outbox/outbox.ts";
import type { TryOnNote, TryOnReport } from "../../../packages/core/src/index.ts";
import { createSealOpener } from "../../../packages/server/src/kiosk/openSealedEvents.ts";

/** A server's key pair as it keeps it. */
export function newEventKey() {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x, y } = publicKey.export({ format: "jwk" });
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x!, "base64url"), Buffer.from(y!, "base64url")]);
  const publicPoint = point.toString("base64url");
  return { privateJwk: privateKey.export({ format: "jwk" }), publicPoint };
}

/** Opens what a server got. */
export async function openReport(key: ReturnType<typeof newEventKey>, sent: Sent): Promise<TryOnReport> {
  const opened = await createSealOpener({ ...key, kid: sent.kid })({ ...sent });
  if (!opened.ok) throw new Error(opened.reason);
  return opened.report;
}

export interface Sent {
  messageId: string;
  writer: { id: string; seq: number };
  kid: string;
  sealed: string;
}

export interface SentBody {
  events: Sent[];
  finished: { id: string; last: number }[];
  dropped: { writer: string; seqs: number[]; reason: string }[];
  queued: number;
}

/** One kiosk process after another on one folder, with time and network in the test's hands. */
export interface Bench {
  folder: string;
  eventKey: string;
  clock: { now: number };
  network: {
    isUp: boolean;
    answer: (body: SentBody) => CallAnswer | Promise<CallAnswer>;
    requests: SentBody[];
  };
  logged: string[];
  /** Starts a process; the one before is not told, as after a power cut. */
  boot(maxEvents?: number): { outbox: Outbox; delivery: Delivery; track: (name: string) => Promise<void> };
  /** Lets time pass, and does what is due meanwhile. */
  pass(ms: number): Promise<void>;
  /** Opens what the server got. */
  open(sent: Sent): Promise<TryOnReport>;
}

export const takeAll = ({ events }: SentBody): CallAnswer & { body: object } => ({
  status: 200,
  body: { results: events.map(({ messageId }) => ({ messageId, status: "accepted" })) },
});

/** A note whose text is found again in whatever is not sealed. */
export const noteOf = (code: string): TryOnNote => ({
  event: { name: "Label Scanned", code },
  session: "8d0c0a9e-5c1d-4000-8000-000000000001",
});

export function createBench(t: { after: (end: () => void) => void }): Bench {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-outbox-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const key = newEventKey();
  const { publicPoint } = key;
  const clock = { now: Date.parse("2026-11-22T08:00:00Z") };
  const network: Bench["network"] = { isUp: true, answer: takeAll, requests: [] };
  const logged: string[] = [];
  const timers = new Set<{ at: number; run: () => void }>();
  const bench: Bench = {
    folder,
    eventKey: publicPoint,
    clock,
    network,
    logged,
    boot(maxEvents) {
      timers.clear();
      const started = clock.now;
      const times = { now: () => clock.now, monotonic: () => clock.now - started };
      const outbox = openOutbox({
        folder,
        eventKey: () => publicPoint,
        clock: times,
        random: randomBytes,
        log: (line) => logged.push(line),
        ...(maxEvents !== undefined && { maxEvents }),
      });
      const delivery = createDelivery({
        outbox,
        clock: times,
        random: () => 0.5,
        post: async (text) => {
          const body = JSON.parse(text) as SentBody;
          network.requests.push(body);
          return network.isUp ? network.answer(body) : { status: 0, body: undefined };
        },
        after: (ms, then) => {
          const timer = { at: clock.now + ms, run: then };
          timers.add(timer);
          return () => timers.delete(timer);
        },
      });
      const track = async (code: string) => {
        await outbox.track(noteOf(code));
        delivery.wake();
      };
      return { outbox, delivery, track };
    },
    async pass(ms) {
      const end = clock.now + ms;
      await settled();
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (!next) break;
        timers.delete(next);
        clock.now = Math.max(clock.now, next.at);
        next.run();
        await settled();
      }
      clock.now = end;
    },
    async open(sent) {
      return openReport(key, sent);
    },
  };
  return bench;
}

/** Until nothing is left to do but wait for timers: all that runs here is promises. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

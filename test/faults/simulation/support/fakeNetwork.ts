import type { CollectorModel, WireBatch } from "./collectorModel.ts";
import type { Machine, Process } from "./machine.ts";

/** What the network and the collector do now. */
export const WEATHERS = [
  "good",
  "down",
  "answerLost",
  "broken",
  "brokenAfterCommit",
  "busy",
  "portal",
  "garbled",
  "partial",
  "refusing",
  "silent",
] as const;

/** One of them. */
export type Weather = (typeof WEATHERS)[number];

/** A request that left a tab. */
export interface SentRequest {
  at: number;
  process: Process;
  batch: WireBatch;
}

/** The network between the tabs and the collector. */
export interface FakeNetwork {
  weather: Weather;
  /** Every request that was begun. */
  sent: SentRequest[];
  fetchFor: (process: Process) => (url: string, init?: RequestInit) => Promise<Response>;
}

/** Bytes of requests that may outlive a page together, as browsers allow them. */
const KEEPALIVE_BYTES = 65_536;

interface Answer {
  status: number;
  retryAfter?: string;
  body?: unknown;
}

const response = ({ status, retryAfter, body }: Answer): Response =>
  ({
    status,
    headers: { get: (name: string) => (name === "retry-after" ? (retryAfter ?? null) : null) },
    json: async () => {
      if (body === undefined) throw new SyntaxError("That is no JSON.");
      return body;
    },
  }) as unknown as Response;

const describe = ({ batch, finished }: WireBatch) =>
  batch
    .map(
      ({ properties: { n }, context: { writer } }) => `n=${n ?? "-"}/${writer.id.slice(0, 4)}:${writer.seq}`,
    )
    .join(" ") + finished.map(({ id, last }) => `, ${id.slice(0, 4)} ended at ${last}`).join("");

/** Creates the network in front of a collector. */
export function createFakeNetwork(machine: Machine, collector: CollectorModel): FakeNetwork {
  const { chance, post, delayMs } = machine;

  const take = (batch: WireBatch): Answer => {
    const results = collector.receive(batch);
    return results ? { status: 200, body: { results } } : { status: chance.pick([400, 413, 422]) };
  };

  const afterCommit = (batch: WireBatch, answer: Answer | undefined) => {
    take(batch);
    return answer;
  };

  /** Names only some of the events. */
  const takeAndForget = (batch: WireBatch): Answer => {
    const { status, body } = take(batch);
    const { results = [] } = (body ?? {}) as { results?: unknown[] };
    return { status, body: { results: results.filter(() => chance.yes(0.5)) } };
  };

  /** What comes back; undefined is a broken connection, null is nothing at all. */
  const ANSWERS: Record<Weather, (batch: WireBatch) => Answer | undefined | null> = {
    good: take,
    down: () => undefined,
    answerLost: (batch) => afterCommit(batch, undefined),
    broken: () => ({ status: chance.pick([500, 502, 503, 408]) }),
    brokenAfterCommit: (batch) => afterCommit(batch, { status: 500 }),
    busy: () => ({ status: chance.pick([429, 503]), retryAfter: String(1 + chance.below(120)) }),
    portal: () => ({ status: chance.pick([200, 302, 511]) }),
    garbled: (batch) => {
      const body = chance.pick([{}, [], null, { results: 1 }, { results: [null, {}] }]);
      return afterCommit(batch, { status: 200, body });
    },
    partial: takeAndForget,
    refusing: () => ({ status: chance.pick([400, 413, 422]) }),
    silent: () => null,
  };

  const travel = (process: Process, text: string, { signal, keepalive }: RequestInit, settle: Settle) => {
    // What outlives the page is not the page's any more.
    const toCollector = machine.lane(keepalive || chance.yes(0.5) ? undefined : process);
    const arrive = () => {
      const back = ANSWERS[network.weather](JSON.parse(text) as WireBatch);
      machine.note(
        () => `${process.name}'s request arrives (${network.weather}), answer ${JSON.stringify(back)}`,
      );
      if (back === null) return;
      const deliver = () => {
        if (back) settle.resolve(response(back));
        else settle.reject(new TypeError("No network."));
      };
      post(machine.lane(process, true), deliver, delayMs("network"));
    };
    signal?.addEventListener("abort", () => settle.reject(new DOMException("Given up.", "AbortError")));
    post(toCollector, arrive, delayMs("network"));
  };

  const network: FakeNetwork = {
    weather: "good",
    sent: [],
    fetchFor: (process) => {
      let lingering = 0;
      return (_, init = {}) =>
        new Promise((resolve, reject) => {
          const text = String(init.body);
          const bytes = init.keepalive ? Buffer.byteLength(text) : 0;
          if (lingering + bytes > KEEPALIVE_BYTES)
            return reject(new TypeError("Too much to outlive the page."));
          lingering += bytes;
          const batch = JSON.parse(text) as WireBatch;
          network.sent.push({ at: machine.now(), process, batch });
          machine.note(() => `${process.name} sends ${describe(batch)}`);
          travel(process, text, init, {
            resolve: (answer) => {
              lingering -= bytes;
              resolve(answer);
            },
            reject: (error) => {
              lingering -= bytes;
              reject(error);
            },
          });
        });
    },
  };
  return network;
}

interface Settle {
  resolve: (answer: Response) => void;
  reject: (error: Error) => void;
}

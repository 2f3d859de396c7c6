import { checkDelivery, type LoggedEvent } from "../support/checkDelivery.ts";
import type { FaultRow, Outcome } from "../support/FaultRow.ts";
import { simulateClient, type Arrival } from "../support/simulateClients.ts";
import { distanceFromUniform, MAX_DISTANCE, seededChance } from "../support/uniformity.ts";

const CLIENTS = 200;
/** Every so many-th client hears `online` again and again. */
const IMPATIENT = 5;
const MINUTE_MS = 60_000;
/** Until then 503 and 429 with Retry-After, then 500 without, until the collector is well again. */
const ASKED_MS = 30 * MINUTE_MS;
const STORM_MS = 75 * MINUTE_MS;
const MAX_RETRY_AFTER_S = 300;
/** From here on the clients' starts no longer show in their rate. */
const SETTLED_MS = 10 * MINUTE_MS;
const MAX_REQUESTS_PER_SECOND = (1.2 * CLIENTS) / 100;

/** The promise: a doubling delay from 2 s, capped at 5 minutes; after 12 failures 15 minutes more. */
const capOf = (failures: number) => Math.min(300_000, 1000 * 2 ** failures);
const restOf = (failures: number) => (failures > 12 ? 900_000 : 0);

interface Client {
  arrivals: number[];
  /** Attempts before the time that the collector named. */
  early: number;
  /** Waits as shares of what full jitter may take. */
  shares: number[];
  log: LoggedEvent[];
  created: number;
}

async function runClient(name: string, seed: number, isImpatient: boolean): Promise<Client> {
  const chance = seededChance(seed);
  const serverChance = seededChance(~seed);
  const client: Client = { arrivals: [], early: 0, shares: [], log: [], created: 0 };
  let failures = 0;
  let last = { atMs: 0, floorMs: 0 };
  const seen = new Set<string>();

  const refuse = (atMs: number): Response => {
    failures++;
    const seconds = atMs < ASKED_MS ? 1 + Math.floor(serverChance() * MAX_RETRY_AFTER_S) : 0;
    last = { atMs, floorMs: seconds * 1000 };
    if (!seconds) return new Response("{}", { status: 500 });
    const status = serverChance() < 0.5 ? 503 : 429;
    return new Response("{}", { status, headers: { "Retry-After": String(seconds) } });
  };
  const take = ({ rows }: Arrival): Response => {
    failures = 0;
    const results = rows.map(({ messageId, id, seq }) => {
      const isNew = !seen.has(messageId);
      seen.add(messageId);
      if (isNew) client.log.push({ messageId, name: "Step Done", id, writer: { id: name, seq } });
      return { messageId, status: isNew ? "accepted" : "duplicate" };
    });
    return Response.json({ results });
  };
  const answer = (arrival: Arrival): Response => {
    const { atMs } = arrival;
    client.arrivals.push(atMs);
    const waitedMs = atMs - last.atMs - last.floorMs;
    if (failures && waitedMs < 0) client.early++;
    if (failures && !isImpatient) client.shares.push((waitedMs - restOf(failures)) / capOf(failures));
    return atMs < STORM_MS ? refuse(atMs) : take(arrival);
  };
  const onlineEveryMs = isImpatient ? { onlineEveryMs: 20_000 } : {};
  const done = await simulateClient({
    name,
    chance,
    everyMs: 60_000,
    endMs: STORM_MS,
    answer,
    ...onlineEveryMs,
  });
  return { ...client, ...done };
}

/** Requests in the busiest minute once the clients have settled, per second. */
function busiest(clients: Client[]): number {
  const perMinute = new Map<number, number>();
  for (const atMs of clients.flatMap(({ arrivals }) => arrivals)) {
    const minute = Math.floor(atMs / MINUTE_MS);
    if (atMs > SETTLED_MS && atMs < STORM_MS) perMinute.set(minute, (perMinute.get(minute) ?? 0) + 1);
  }
  return Math.max(...perMinute.values()) / 60;
}

async function run(trial: number): Promise<Outcome> {
  const clients: Client[] = [];
  for (let at = 0; at < CLIENTS; at++)
    clients.push(await runClient(`c${at}`, trial * CLIENTS + at, at % IMPATIENT === 0));
  const patient = clients.filter((_, at) => at % IMPATIENT !== 0);
  const announced = new Map(clients.map(({ created }, at) => [`c${at}`, created]));
  const ids = [...announced].flatMap(([page, count]) =>
    Array.from({ length: count }, (_, at) => `${page}.${at}`),
  );
  const events = clients.flatMap(({ log }) => log);
  const ledger = { announced, called: new Set(ids), notes: [] };
  const account = checkDelivery(ledger, { events, spoken: [], finished: new Map() });
  const early = clients.reduce((sum, client) => sum + client.early, 0);
  const shares = patient.flatMap((client) => client.shares);
  const distance = distanceFromUniform(shares);
  const requestsPerSecond = busiest(patient) * (CLIENTS / patient.length);
  const violations: string[] = [];
  if (account.unpromised.length > 0) violations.push(`${account.unpromised.length} never arrived`);
  if (early > 0) violations.push(`${early} attempts before Retry-After`);
  if (shares.some((share) => share < 0 || share > 1)) violations.push("a wait outside its jitter");
  if (distance > MAX_DISTANCE) violations.push(`waits are not uniform: ${distance}`);
  if (requestsPerSecond > MAX_REQUESTS_PER_SECOND) violations.push(`${requestsPerSecond} requests/s`);
  const faults = clients.reduce(
    (sum, { arrivals }) => sum + arrivals.filter((at) => at < STORM_MS).length,
    0,
  );
  return { faults, account, violations, figures: { early, distance, requestsPerSecond } };
}

/** The collector asks for quiet, then falls over for long. */
export const refusedBatches: FaultRow = {
  id: "A6",
  about: `${CLIENTS} simulated clients meet 429, 503 with Retry-After, and 500s`,
  trials: { ci: 1, full: 200 },
  run,
};

import type { HandOff } from "../clips/handOff.ts";
import { bodyOf, type Server } from "./server.ts";

/** Where taking home stands. */
export type Handover =
  | { state: "sending"; percent: number }
  | { state: "ready"; url: string }
  /** Her phone has it: the code is of no use to anybody else. */
  | { state: "taken" }
  /** Nobody came for it in its time. */
  | { state: "expired" }
  | { state: "failed" };

/**
 * The server keeps a hand-off for ten minutes. One that is gone sooner was taken, and shredded on the phone's word; a
 * little less, so that its end is not taken for a phone.
 */
const LIFE_MS = 9.5 * 60_000;

/** How often the server is asked whether a phone came, in ms. */
const ASK_MS = 2000;

/** Percent of the work after which everything is made, and the sending begins. */
const MADE = 60;

/** Seals what is handed over; says how much of it is sealed, and makes nothing once it is stopped. */
export type Make = (say: (share: number) => void, stop: AbortSignal) => Promise<HandOff | undefined>;

/**
 * Seals something for one phone and sends the ciphertext. The key goes into the link's fragment alone, which no server sees.
 * @returns how to stop; what was sent by then is deleted, unless it was all: then her phone may be fetching it
 */
export function handOver(server: Server, make: Make, tell: (handover: Handover) => void): () => void {
  const stop = new AbortController();
  const say = (handover: Handover) => void (stop.signal.aborted || tell(handover));
  const run = async () => {
    say({ state: "sending", percent: 0 });
    const sealed = (share: number) => say({ state: "sending", percent: Math.round(share * MADE) });
    const handOff = await make(sealed, stop.signal);
    const made = handOff && (await send(server, handOff, say, stop.signal));
    if (!made) return;
    say({ state: "ready", url: made.url });
    say({ state: await watch(server, made.id, made.since, stop.signal) });
  };
  run().catch(() => say({ state: "failed" }));
  return () => stop.abort();
}

type Say = (handover: Handover) => void;

/** Sends all parts; when one does not arrive, or it was stopped, takes back what did. @throws when the server does not take it */
async function send(
  server: Server,
  { parts, fragment }: HandOff,
  say: Say,
  stop: AbortSignal,
): Promise<{ id: string; url: string; since: number } | undefined> {
  const since = performance.now();
  const sizes = parts.map(({ length }) => ({ bytes: length }));
  const { id, url } = bodyOf(await server.ask("POST", "handoffs", { parts: sizes })) ?? {};
  if (typeof id !== "string" || typeof url !== "string") throw new Error("The server makes no hand-off.");
  const takeBack = () => server.ask("DELETE", `handoffs/${id}`);
  for (const [at, part] of parts.entries()) {
    if (stop.aborted) return void (await takeBack());
    const answer = await server.ask("PUT", `handoffs/${id}/parts/${at}`, part);
    if (!answer || answer.status >= 300) {
      await takeBack();
      throw new Error("A part did not arrive.");
    }
    say({ state: "sending", percent: Math.round(MADE + ((at + 1) / parts.length) * (100 - MADE)) });
  }
  return { id, url: `${url}#${fragment}`, since };
}

async function watch(
  server: Server,
  id: string,
  since: number,
  stop: AbortSignal,
): Promise<"taken" | "expired"> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, ASK_MS));
    stop.throwIfAborted();
    const answer = await server.ask("GET", `handoffs/${id}`);
    if (bodyOf(answer)?.["state"] === "taken") return "taken";
    if (answer?.status === 404) return performance.now() - since < LIFE_MS ? "taken" : "expired";
  }
}

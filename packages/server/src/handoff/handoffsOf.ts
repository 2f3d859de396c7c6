import type { Services } from "../services.ts";
import { createHandoffs, type Handoffs } from "./handoffs.ts";

const known = new WeakMap<Services, Handoffs>();

/** The hand-offs of a running server; opened at first use. */
export function handoffsOf(services: Services): Handoffs {
  let handoffs = known.get(services);
  if (!handoffs) known.set(services, (handoffs = createHandoffs(services)));
  return handoffs;
}

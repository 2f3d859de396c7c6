import type { Services } from "../services.ts";
import { createStreams, type Streams } from "./streams.ts";

const known = new WeakMap<Services, Streams>();

/** The streams of a running server; opened at first use. */
export function streamsOf(services: Services): Streams {
  let streams = known.get(services);
  if (!streams) known.set(services, (streams = createStreams(services)));
  return streams;
}

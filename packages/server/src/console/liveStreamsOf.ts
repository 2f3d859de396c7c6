import type { Services } from "../services.ts";
import { createLiveStreams, type LiveStreams } from "./liveStreams.ts";

const known = new WeakMap<Services, LiveStreams>();

/** The console's streams of a running server; opened at first use. */
export function liveStreamsOf(services: Services): LiveStreams {
  let streams = known.get(services);
  if (!streams) known.set(services, (streams = createLiveStreams(services)));
  return streams;
}

/** Ends the streams of a server, if it ever had one. */
export function closeLiveStreams(services: Services): void {
  known.get(services)?.close();
}

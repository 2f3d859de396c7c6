import type { Services } from "../services.ts";
import { createRequests, type Requests } from "./requests.ts";

const known = new WeakMap<Services, Requests>();

/** The staff's requests of a running server; opened at first use. */
export function requestsOf(services: Services): Requests {
  let requests = known.get(services);
  if (!requests) known.set(services, (requests = createRequests(services)));
  return requests;
}

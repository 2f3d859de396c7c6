import type { Services } from "../services.ts";
import { createSessions, type Sessions } from "./sessions.ts";

const known = new WeakMap<Services, Sessions>();

/** The console sessions of a running server; opened at first use. */
export function sessionsOf(services: Services): Sessions {
  let sessions = known.get(services);
  if (!sessions) known.set(services, (sessions = createSessions(services)));
  return sessions;
}

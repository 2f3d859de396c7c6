import type { Principal } from "./keys.ts";
import type { RequestContext, Route } from "./http/route.ts";
import type { Services } from "./services.ts";
import type { Migration } from "./stores/migration.ts";

/** A part of the server: its tables, its endpoints, and another way to say who calls. */
export interface Module {
  name: string;
  migrations?: readonly Migration[];
  routes?(services: Services): Route[];
  /** Recognises a caller by something else than a key in `Authorization`; undefined: not mine. */
  authenticate?(context: RequestContext): Principal | undefined;
  /** Called once after the database is open, before the first request. */
  start?(services: Services): void | Promise<void>;
  /** Called while the server drains. */
  stop?(services: Services): void | Promise<void>;
}

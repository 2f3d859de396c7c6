import type { Vitrine } from "@vitrine/browser";
import type { Decision, ProfileView } from "@vitrine/core";
import { createEventLog, type EventLog } from "./eventLog.ts";
import { readDatabase, type DatabaseReading } from "./readDatabase.ts";
import { wordsOfError } from "./wordsOfError.ts";

/** So many events are listed. */
const MAX_EVENTS = 500;

/** So many errors are kept. */
const MAX_ERRORS = 50;

/** News of a burst are gathered for so long before the database is read. */
const GATHER_MS = 200;

/** How long a page that has no SDK yet is looked at again after. */
const LOOK_AGAIN_MS = 200;

/** The placement of the size control. */
const SIZE_PLACEMENT = "size";

/** An error as the SDK told it. */
export interface HeardError {
  at: number;
  code: string;
  cause: string;
}

/** What was seen of the page's SDK so far. It asks and listens; it changes nothing and sends nothing. */
export interface Inspection {
  log: EventLog;
  /** Undefined until the page has an SDK that started. */
  vitrine?: Vitrine | undefined;
  /** The newest decision by placement. */
  decisions: Map<string, Decision>;
  /** Grows with each profile and ruleset: what was decided may be old. */
  revision: number;
  profile?: ProfileView | undefined;
  /** Null where nothing may be kept; undefined until it is known. */
  anonymousId?: string | null | undefined;
  rulesVersion?: number | undefined;
  errors: HeardError[];
  database?: DatabaseReading | undefined;
  /** Reads the database and asks who the device is, soon. */
  refresh(): void;
  /** Asks for the decision of every placement of the page as it is now. */
  decideAll: () => void;
  /** Hears that something changed; the returned function ends it. */
  onChange(listener: () => void): () => void;
}

/** Starts to look at the page's SDK. */
export function createInspection(): Inspection {
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  let timer: number | undefined;

  const read = async () => {
    timer = undefined;
    if (inspection.vitrine) void askWho(inspection, tell);
    const database = await readDatabase(MAX_EVENTS);
    inspection.database = database;
    if (database.state === "read") {
      inspection.rulesVersion ??= database.rulesVersion;
      for (const row of database.tail) inspection.log.note({ ...row, state: "delivered" });
      // Of this page's events the SDK says itself when they are safe.
      for (const row of database.waiting)
        inspection.log.note({ ...row, state: inspection.log.find(row.messageId)?.state ?? "stored" });
    }
    tell();
  };

  const inspection: Inspection = {
    log: createEventLog(MAX_EVENTS),
    decisions: new Map(),
    revision: 0,
    errors: [],
    // Nobody looks while it is closed.
    refresh: () => void (timer ??= listeners.size ? setTimeout(() => void read(), GATHER_MS) : undefined),
    decideAll: () => {
      for (const placement of placementsOf(document)) {
        // Prefill asks for the size of the control's own article and says so.
        if (placement === SIZE_PLACEMENT && inspection.decisions.has(placement)) continue;
        const decision = inspection.vitrine?.decide(placement);
        if (decision) inspection.decisions.set(placement, decision);
      }
      tell();
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };

  const look = () => {
    const { vitrine } = globalThis as { vitrine?: Partial<Vitrine> };
    // Until it starts there is only the queue of calls.
    if (vitrine?.on && vitrine.decide) listen(inspection, vitrine as Vitrine, tell);
    else setTimeout(look, LOOK_AGAIN_MS);
  };
  look();
  return inspection;
}

/** Listens to all that the SDK says. */
function listen(inspection: Inspection, vitrine: Vitrine, tell: () => void): void {
  const { log } = inspection;
  inspection.vitrine = vitrine;
  inspection.profile = vitrine.profile();
  vitrine.on("captured", ({ messageId, at, text }) => {
    log.note({ messageId, at, text, state: "captured" });
    inspection.refresh();
    tell();
  });
  for (const state of ["stored", "delivered"] as const)
    vitrine.on(state, ({ messageId }) => {
      log.note({ messageId, state });
      inspection.refresh();
      tell();
    });
  let nameless = 0;
  vitrine.on("drop", ({ messageId, reason }) => {
    log.note({ messageId: messageId ?? `#${++nameless}`, reason, state: "dropped" });
    inspection.refresh();
    tell();
  });
  vitrine.on("decision", (decision) => {
    inspection.decisions.set(decision.placement, decision);
    tell();
  });
  vitrine.on("ruleset", ({ version }) => {
    inspection.rulesVersion = version;
    inspection.revision++;
    tell();
  });
  vitrine.on("profile", (profile) => {
    inspection.profile = profile;
    inspection.revision++;
    inspection.refresh();
    tell();
  });
  vitrine.on("error", ({ code, cause }) => {
    inspection.errors.unshift({ at: Date.now(), code, cause: wordsOfError(cause) });
    inspection.errors.length = Math.min(inspection.errors.length, MAX_ERRORS);
    tell();
  });
  inspection.refresh();
  tell();
}

/** Consent and reset change who the device is. */
async function askWho(inspection: Inspection, tell: () => void): Promise<void> {
  const { anonymousId = null } = (await inspection.vitrine?.ready()) ?? {};
  inspection.anonymousId = anonymousId;
  tell();
}

/** The placements of a page: its slots, and its size control where it is marked. */
export function placementsOf(page: ParentNode): string[] {
  const slots = [...page.querySelectorAll<HTMLElement>("[data-vitrine-slot]")];
  const names = slots.flatMap(({ dataset }) => dataset["vitrineSlot"] || []);
  if (page.querySelector("[data-vitrine-prefill]")) names.push(SIZE_PLACEMENT);
  return [...new Set(names)];
}

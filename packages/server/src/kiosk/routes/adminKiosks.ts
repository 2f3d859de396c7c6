import type { JsonObject } from "@vitrine/core";
import { publishedVersion } from "../../console/devices.ts";
import { HttpProblem } from "../../http/problem.ts";
import type { Answer, RequestContext, Route } from "../../http/route.ts";
import { callerOf, readFields, readNote, withNames } from "../../routes/adminInput.ts";
import { COMMANDS, type Command } from "../commands.ts";
import { kioskPartsOf, releaseKiosk } from "../kioskParts.ts";
import type { Kiosk } from "../kiosks.ts";

const READ = { auth: { scope: "console" }, cors: "none" } as const;
const WRITE = { auth: { scope: "admin" }, cors: "none" } as const;

const MAX_NAME_CHARS = 60;

/** A kiosk as the console shows it. */
export interface KioskRow extends Omit<Kiosk, "siteId" | "keyId"> {
  /** What it has not yet reported as done. */
  commands: (Command & { byName: string | null })[];
}

/** The fleet: seen, enrolled, told, revoked. */
export const adminKiosksRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/admin/kiosks", ...READ, handler: listKiosks },
  { method: "POST", path: "/v1/admin/kiosks", ...WRITE, handler: createKiosk },
  { method: "DELETE", path: "/v1/admin/kiosks/:id", ...WRITE, handler: removeKiosk },
  { method: "POST", path: "/v1/admin/kiosks/:id/codes", ...WRITE, handler: createCode },
  { method: "POST", path: "/v1/admin/kiosks/:id/commands", ...WRITE, handler: giveCommand },
  { method: "POST", path: "/v1/admin/kiosks/:id/revoke", ...WRITE, handler: revokeKiosk },
];

function listKiosks(context: RequestContext): Answer {
  const { services } = context;
  const { siteId } = callerOf(context);
  const items = kioskPartsOf(services)
    .kiosks.list(siteId)
    .map((kiosk) => rowOf(context, kiosk));
  const published = publishedVersion(services, siteId);
  return { status: 200, body: { items, next: null, published, now: services.clock() } };
}

async function createKiosk(context: RequestContext): Promise<Answer> {
  const { siteId } = callerOf(context);
  const { kiosks } = kioskPartsOf(context.services);
  const fields = await readFields(context);
  const name = readNote(fields, "name", MAX_NAME_CHARS)?.trim();
  const store = readNote(fields, "store", MAX_NAME_CHARS)?.trim();
  if (!name) throw new HttpProblem(400, "bad_request", '"name" must say which kiosk it is.');
  if (!store) throw new HttpProblem(400, "bad_request", '"store" must be the id of the shop it stands in.');
  return context.services.database.transaction(() => {
    const kiosk = kiosks.create({ siteId, name, store });
    note(context, "kiosk.create", { kiosk: kiosk.id, name, store });
    return { status: 201, body: { kiosk: rowOf(context, kiosk), ...kiosks.createCode(kiosk.id) } };
  });
}

function createCode(context: RequestContext): Answer {
  const { kiosks } = kioskPartsOf(context.services);
  const kiosk = kioskOf(context);
  return context.services.database.transaction(() => {
    note(context, "kiosk.code", { kiosk: kiosk.id, name: kiosk.name });
    return { status: 201, body: { kiosk: rowOf(context, kiosk), ...kiosks.createCode(kiosk.id) } };
  });
}

async function giveCommand(context: RequestContext): Promise<Answer> {
  const { commands } = kioskPartsOf(context.services);
  const kiosk = kioskOf(context);
  const fields = await readFields(context);
  const kind = COMMANDS.find((one) => one === fields.kind);
  if (!kind) throw new HttpProblem(400, "bad_request", `"kind" must be one of: ${COMMANDS.join(", ")}.`);
  if (kiosk.state !== "enrolled")
    throw new HttpProblem(409, "not_enrolled", "Nothing listens there; enrol the kiosk first.");
  const command = context.services.database.transaction(() => {
    note(context, "kiosk.command", { kiosk: kiosk.id, name: kiosk.name, kind });
    return commands.give(kiosk.id, kind, callerOf(context).keyId);
  });
  // What the server knows need not wait until the kiosk hears of it.
  if (kind === "wipe") releaseKiosk(context.services, kiosk.id);
  return { status: 201, body: namesOf(context, [command])[0]! };
}

function revokeKiosk(context: RequestContext): Answer {
  const { kiosks } = kioskPartsOf(context.services);
  const kiosk = kioskOf(context);
  const isRevoked = context.services.database.transaction(() => {
    const done = kiosks.revoke(kiosk.siteId, kiosk.id);
    if (done) note(context, "kiosk.revoke", { kiosk: kiosk.id, name: kiosk.name });
    return done;
  });
  if (!isRevoked) throw new HttpProblem(409, "nothing_to_revoke", "It has neither a key nor a code.");
  releaseKiosk(context.services, kiosk.id);
  return { status: 204 };
}

function removeKiosk(context: RequestContext): Answer {
  const { kiosks } = kioskPartsOf(context.services);
  const kiosk = kioskOf(context);
  context.services.database.transaction(() => {
    kiosks.remove(kiosk.siteId, kiosk.id);
    note(context, "kiosk.remove", { kiosk: kiosk.id, name: kiosk.name });
  });
  releaseKiosk(context.services, kiosk.id);
  return { status: 204 };
}

function kioskOf(context: RequestContext): Kiosk {
  const kiosk = kioskPartsOf(context.services).kiosks.find(callerOf(context).siteId, context.params.id ?? "");
  if (!kiosk) throw new HttpProblem(404, "unknown_kiosk", "There is no such kiosk.");
  return kiosk;
}

function rowOf(context: RequestContext, { siteId: _site, keyId: _key, ...kiosk }: Kiosk): KioskRow {
  return { ...kiosk, commands: namesOf(context, kioskPartsOf(context.services).commands.waiting(kiosk.id)) };
}

const namesOf = (context: RequestContext, commands: readonly Command[]): KioskRow["commands"] =>
  withNames(context.services, callerOf(context).siteId, commands);

function note(context: RequestContext, action: string, details: JsonObject): void {
  const { siteId, keyId: by } = callerOf(context);
  context.services.audit.append({ siteId, by, action, details });
}

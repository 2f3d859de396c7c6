import { isObject, parseBatch, type EventResult, type Json, type JsonObject } from "@vitrine/core";
import { HttpProblem } from "../../http/problem.ts";
import type { Answer, RequestContext, Route } from "../../http/route.ts";
import { deviceIdOf } from "../../identity/deviceId.ts";
import { prepare, type Submission } from "../../ingest/prepare.ts";
import { parseDropped } from "../../ingest/readDropped.ts";
import { readFields } from "../../routes/adminInput.ts";
import type { Services } from "../../services.ts";
import { callingKiosk, kioskPartsOf } from "../kioskParts.ts";
import type { Kiosk } from "../kiosks.ts";
import type { OpenedEvent } from "../openSealedEvents.ts";
import { tryOnEventOf } from "../tryOnEvents.ts";

/** Events of one request. */
export const MAX_SEALED_EVENTS = 200;

/** Reports of drops in one request: one for each start of a kiosk, and reason. */
const MAX_REPORTS = 100;

/** `POST /v1/kiosk/events`: what a kiosk kept sealed. Opened here, then taken like any other event. */
export const eventRoutes: readonly Route[] = [
  { method: "POST", path: "/v1/kiosk/events", auth: { scope: "kiosk" }, cors: "none", handler: takeEvents },
];

async function takeEvents(context: RequestContext): Promise<Answer> {
  const { services } = context;
  const kiosk = callingKiosk(context);
  const fields = await readFields(context);
  const { openSealed } = kioskPartsOf(services);
  const opened = await Promise.all(readEvents(fields).map(openSealed));
  const submission = await submissionOf(services, kiosk, { fields, opened });
  const results = await services.collector.accept(submission);
  return { status: 200, body: { results: results.map(slim) } };
}

/** What is damaged on its way is refused by its name, so that it cannot hold up the rest. */
function readEvents({ events }: JsonObject): Json[] {
  if (!Array.isArray(events)) throw new HttpProblem(400, "bad_request", '"events" must be a list.');
  if (events.length > MAX_SEALED_EVENTS)
    throw new HttpProblem(413, "too_large", `Send at most ${MAX_SEALED_EVENTS} events in one request.`);
  return events;
}

async function submissionOf(
  services: Services,
  kiosk: Kiosk,
  { fields, opened }: { fields: JsonObject; opened: readonly OpenedEvent[] },
): Promise<Submission> {
  const { siteId } = kiosk;
  const good = opened.flatMap((one) =>
    one.ok ? [tryOnEventOf(services, kiosk, one.envelope, one.report)] : [],
  );
  const { sentAt, clock, queued, finished, dropped } = fields;
  const prepared = await prepare({
    batch: parseBatch({ batch: good, sentAt, clock, queued, finished }),
    hints: { isStorable: false, holdsAddresses: true },
    principal: { kind: "site", siteId, keyId: kiosk.keyId!, scopes: [] },
    site: services.sites.get(siteId),
    deviceId: kioskDeviceId(kiosk),
    receivedAt: services.clock(),
    checkProof: services.collector.checkProof,
    makeId: () => services.random(16).toString("base64url"),
  });
  const refused = opened.flatMap(({ envelope, ...one }) =>
    one.ok ? [] : [{ ok: false as const, ...envelope, reason: one.reason, detail: "" }],
  );
  return {
    ...prepared,
    isShared: true,
    events: [...prepared.events, ...refused],
    dropped: Array.isArray(dropped) ? dropped.slice(0, MAX_REPORTS).flatMap(readReport) : [],
  };
}

function readReport(value: unknown) {
  const report = isObject(value) ? parseDropped(value) : undefined;
  return report ? [report] : [];
}

/** The kiosk's own row, which has the account of its writers. No secret has this hash, so nobody else can write there. */
const kioskDeviceId = ({ siteId, id }: Kiosk): string => deviceIdOf(`kiosk ${siteId} ${id}`);

/** A kiosk learns what became of an event, and nothing of whose it was. */
const slim = ({ messageId, status, reason }: EventResult): EventResult => ({
  messageId,
  status,
  ...(reason !== undefined && { reason }),
});

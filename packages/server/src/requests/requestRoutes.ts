import { catalogueOf } from "../catalogue/catalogueOf.ts";
import { HttpProblem } from "../http/problem.ts";
import type { Answer, RequestContext, Route } from "../http/route.ts";
import { callingKiosk } from "../kiosk/kioskParts.ts";
import { callerOf, readFields, readNote } from "../routes/adminInput.ts";
import { requestsOf } from "./requestsOf.ts";

const KIOSK = { auth: { scope: "kiosk" }, cors: "none" } as const;
const STAFF = { auth: { scope: "console" }, cors: "none" } as const;

const MAX_CHARS = 80;

/** "Bring me this size": asked at a kiosk, answered in the console. */
export const requestRoutes: readonly Route[] = [
  { method: "POST", path: "/v1/kiosk/requests", ...KIOSK, handler: ask },
  { method: "GET", path: "/v1/kiosk/requests/:id", ...KIOSK, handler: readState },
  { method: "GET", path: "/v1/admin/requests", ...STAFF, handler: list },
  { method: "POST", path: "/v1/admin/requests/:id/answer", ...STAFF, handler: answer },
];

async function ask(context: RequestContext): Promise<Answer> {
  const kiosk = callingKiosk(context);
  const fields = await readFields(context);
  const [sku, size] = ["sku", "size"].map((name) => readNote(fields, name, MAX_CHARS));
  if (!sku || !size) throw new HttpProblem(400, "bad_request", "Send {sku, size}.");
  const found = catalogueOf(context.services).find(kiosk.siteId, kiosk.store, sku);
  if (!found)
    throw new HttpProblem(404, "unknown_article", "The shop's catalogue has no article of this SKU.");
  if (!found.sizes.some((one) => one.size === size))
    throw new HttpProblem(422, "unknown_size", "The article is not made in this size.");
  // The article's own SKU, so that one size asked for by two codes is one request.
  const { sku: article, name, image_url } = found.article;
  const asked = requestsOf(context.services).ask(kiosk, { sku: article, name, image_url, size });
  if (!asked) throw new HttpProblem(429, "too_many", "The staff has not answered the earlier requests yet.");
  const { id, state } = asked.request;
  return { status: asked.isNew ? 201 : 200, body: { id, state } };
}

function readState(context: RequestContext): Answer {
  const request = requestsOf(context.services).read(callingKiosk(context), context.params.id!);
  if (!request) throw unknownRequest();
  return { status: 200, body: { state: request.state } };
}

function list(context: RequestContext): Answer {
  return { status: 200, body: { items: requestsOf(context.services).list(callerOf(context).siteId) } };
}

async function answer(context: RequestContext): Promise<Answer> {
  const { state } = await readFields(context);
  if (state !== "coming" && state !== "unavailable")
    throw new HttpProblem(400, "bad_request", '"state" must be "coming" or "unavailable".');
  const request = requestsOf(context.services).answer(callerOf(context).siteId, context.params.id!, state);
  if (!request) throw unknownRequest();
  return { status: 200, body: request };
}

const unknownRequest = () =>
  new HttpProblem(404, "unknown_request", "There is no such request, or it is older than an hour.");

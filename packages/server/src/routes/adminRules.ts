import type { Ruleset } from "@vitrine/core";
import { catalogueOf } from "../catalogue/catalogueOf.ts";
import { HttpProblem } from "../http/problem.ts";
import type { Answer, RequestContext, Route } from "../http/route.ts";
import { lintContent } from "../rules/lint/lintContent.ts";
import { rehearseRules } from "../rehearsal/rehearseRules.ts";
import { parseRules } from "../rules/parseRules.ts";
import { readZone } from "../rules/readZone.ts";
import type { Published } from "../rules/rulesetStore.ts";
import { rulesetsOf } from "../rules/rulesetsOf.ts";
import { callerOf, pageOf, readCursor, readFields, readLimit, readNote, withNames } from "./adminInput.ts";
import { invalidRules } from "./invalidRules.ts";

const READ = { auth: { scope: "console" }, cors: "none" } as const;
const WRITE = { auth: { scope: "rules" }, cors: "none" } as const;

const MAX_NOTE_CHARS = 200;
const HISTORY_SHOWN = 50;
const REHEARSED_DAYS = 30;
const MAX_REHEARSED_DAYS = 400;

/** Drafts, publication and history of rules. */
export const adminRulesRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/admin/rules", ...READ, handler: readState },
  { method: "GET", path: "/v1/admin/rules/history", ...READ, handler: readHistory },
  { method: "GET", path: "/v1/admin/rules/versions/:version", ...READ, handler: readVersion },
  { method: "PUT", path: "/v1/admin/rules/draft", ...WRITE, handler: saveDraft },
  { method: "DELETE", path: "/v1/admin/rules/draft", ...WRITE, handler: discardDraft },
  {
    method: "PUT",
    path: "/v1/admin/rules/review",
    auth: { scope: "admin" },
    cors: "none",
    handler: setReview,
  },
  { method: "POST", path: "/v1/admin/rules/check", ...READ, handler: check },
  { method: "POST", path: "/v1/admin/rules/rehearse", ...READ, handler: rehearse },
  { method: "POST", path: "/v1/admin/rules/publish", ...WRITE, handler: publish },
  { method: "POST", path: "/v1/admin/rules/rollback", ...WRITE, handler: rollBack },
];

function readState(context: RequestContext): Answer {
  const { services } = context;
  const { siteId, keyId } = callerOf(context);
  const rulesets = rulesetsOf(services);
  const published = rulesets.current(siteId);
  const draft = rulesets.draft(siteId);
  const [writer] = draft ? withNames(services, siteId, [{ by: draft.by }]) : [];
  const history = withNames(services, siteId, rulesets.history(siteId, { limit: HISTORY_SHOWN }));
  return {
    status: 200,
    body: {
      draft: draft?.content ?? null,
      review: {
        isNeeded: rulesets.needsReview(siteId),
        writer: writer?.byName ?? null,
        isYours: draft?.by === keyId,
      },
      published: published ? viewOf(context, published) : null,
      history,
      now: services.clock(),
    },
  };
}

/** A publication: `content` as the merchant wrote it, `ruleset` as devices get it. */
function viewOf(context: RequestContext, { signed, ...rest }: Published) {
  const [view] = withNames(context.services, callerOf(context).siteId, [rest]);
  return { ...view!, ruleset: JSON.parse(signed.payload) as Ruleset };
}

function readHistory(context: RequestContext): Answer {
  const limit = readLimit(context.url, HISTORY_SHOWN, 200);
  const page = { before: readCursor(context.url), limit: limit + 1 };
  const found = rulesetsOf(context.services).history(callerOf(context).siteId, page);
  const { items, next } = pageOf(found, limit, ({ version }) => version);
  return { status: 200, body: { items: withNames(context.services, callerOf(context).siteId, items), next } };
}

function readVersion(context: RequestContext): Answer {
  const found = rulesetsOf(context.services).version(
    callerOf(context).siteId,
    Number(context.params.version),
  );
  return { status: 200, body: viewOf(context, found) };
}

async function saveDraft(context: RequestContext): Promise<Answer> {
  const { siteId, keyId } = callerOf(context);
  const parsed = parseRules(await context.json());
  if (parsed.kind === "invalid") return invalidRules(parsed.problems);
  rulesetsOf(context.services).saveDraft(siteId, keyId, parsed.content);
  return readState(context);
}

/** Says whether somebody else must publish what one wrote. */
async function setReview(context: RequestContext): Promise<Answer> {
  const { siteId, keyId } = callerOf(context);
  const { isNeeded } = await readFields(context);
  if (typeof isNeeded !== "boolean")
    throw new HttpProblem(400, "bad_request", '"isNeeded" must be true or false.');
  rulesetsOf(context.services).setReview(siteId, keyId, isNeeded);
  return readState(context);
}

function discardDraft(context: RequestContext): Answer {
  const { siteId, keyId } = callerOf(context);
  rulesetsOf(context.services).discardDraft(siteId, keyId);
  return readState(context);
}

/** Says what is wrong and what is odd about rules, and keeps nothing. */
async function check(context: RequestContext): Promise<Answer> {
  const parsed = parseRules(await context.json());
  if (parsed.kind === "invalid") return { status: 200, body: { problems: parsed.problems, findings: [] } };
  const { services } = context;
  const shop = { articles: catalogueOf(services).count(callerOf(context).siteId) };
  const findings = lintContent(parsed.content, services.clock(), shop);
  return { status: 200, body: { problems: [], findings } };
}

/** Says what rules would have done to the visitors of the last days, and keeps nothing. */
async function rehearse(context: RequestContext): Promise<Answer> {
  const { services, url } = context;
  const days = Number(url.searchParams.get("days") ?? REHEARSED_DAYS);
  if (!Number.isInteger(days) || days < 1 || days > MAX_REHEARSED_DAYS)
    throw new HttpProblem(
      400,
      "bad_request",
      `"days" must be a whole number from 1 to ${MAX_REHEARSED_DAYS}.`,
    );
  const parsed = parseRules(await context.json());
  if (parsed.kind === "invalid") return invalidRules(parsed.problems);
  const asked = { days, timeZone: readZone(url.searchParams.get("timeZone")) };
  return {
    status: 200,
    body: await rehearseRules(services, callerOf(context).siteId, parsed.content, asked),
  };
}

async function publish(context: RequestContext): Promise<Answer> {
  const { siteId, keyId } = callerOf(context);
  const note = readNote(await readFields(context), "note", MAX_NOTE_CHARS);
  return { status: 200, body: viewOf(context, rulesetsOf(context.services).publish(siteId, keyId, note)) };
}

async function rollBack(context: RequestContext): Promise<Answer> {
  const { siteId, keyId } = callerOf(context);
  const { version } = await readFields(context);
  if (typeof version !== "number")
    throw new HttpProblem(400, "bad_request", '"version" must be a number from the history.');
  return {
    status: 200,
    body: viewOf(context, rulesetsOf(context.services).rollBack(siteId, keyId, version)),
  };
}

import { verifyRuleset } from "@vitrine/browser";
import {
  byPriority,
  decide,
  emptyFold,
  isObject,
  profileView,
  PURPOSES,
  type Decision,
  type DecisionInput,
  type Fold,
  type Purpose,
  type Rule,
  type Ruleset,
} from "@vitrine/core";
import type { HandOff } from "./handOff.ts";
import { beginsSession } from "./lastActivity.ts";

/** Where Vitrine answers, as the page's own configuration says it. */
export interface HandOffOptions {
  site: string;
  endpoint: string;
  /** While keys change several, separated by spaces, as in the page. */
  rulesKey: string;
  /**
   * Purposes that hold where the profile has no word of the person; none where absent. A device gets its cookie after consent
   * alone: where a site asks for all at once, its being there is the word.
   */
  granted?: readonly Purpose[];
  /** Longest wait for Vitrine, 200 where absent; then the page is the shop's own default. */
  timeoutMs?: number;
  /** How old rules may be before they are asked for again, 5,000 where absent. */
  rulesMaxAgeMs?: number;
  fetch?: typeof fetch;
  now?: () => number;
}

/** The page that is asked for. */
export interface PageRequest {
  /** The `Cookie` header; Vitrine's cookie for the device is in it where `cookie: true` and the collector is on the shop's own site. */
  cookie: string | undefined;
  url: URL;
  /** Language tag of the page. */
  language: string;
}

/** Reads what the server may decide for a page. Never rejects: without an answer there is no hand-off. */
export type HandOffReader = (request: PageRequest) => Promise<HandOff>;

const DEVICE = /(?:^|;\s*)vitrine_device=([\w-]{43})(?:;|$)/;

/**
 * Creates the reader: a request's own profile by its device cookie, the site's verified rules, and `decide`, as in the page. A rule
 * with a cap is left to the page, which alone knows how often it was shown, and so is one that asks the visitor's own clock, the
 * device or where it is; what would stand behind it in its placement waits for the page's word as well.
 */
export function createHandOffReader(options: HandOffOptions): HandOffReader {
  const { endpoint, site, timeoutMs = 200, now = Date.now } = options;
  const ask = async (path: string, headers?: Record<string, string>): Promise<unknown> => {
    const init = { headers: headers ?? {}, signal: AbortSignal.timeout(timeoutMs) };
    const response = await (options.fetch ?? fetch)(`${endpoint}/${path}?site=${site}`, init);
    return response.status === 200 ? response.json() : undefined;
  };
  const readRules = createRulesReader(options, () => ask("rules"));

  return async ({ cookie = "", url, language }) => {
    const secret = DEVICE.exec(cookie)?.[1];
    if (!secret) return { decisions: {} };
    try {
      const [ruleset, snapshot] = await Promise.all([
        readRules(),
        ask("profile", { authorization: `Bearer ${secret}` }),
      ]);
      if (!ruleset || !isObject(snapshot) || !isObject(snapshot.fold)) return { decisions: {} };
      const page = { url, language, cookie, now: now(), granted: options.granted ?? [] };
      return { decisions: decideAll(inputOf(ruleset, snapshot as unknown as Snapshot, page)) };
    } catch {
      // Vitrine is down or slow: the shop's page does not wait for it.
      return { decisions: {} };
    }
  };
}

interface Snapshot {
  anonymousId: string;
  fold: Fold;
}

interface Page {
  url: URL;
  language: string;
  cookie: string;
  now: number;
  granted: readonly Purpose[];
}

/** Keeps the last good rules for a while. */
function createRulesReader(
  { rulesKey, rulesMaxAgeMs = 5000, now = Date.now }: HandOffOptions,
  ask: () => Promise<unknown>,
): () => Promise<Ruleset | undefined> {
  let ruleset: Ruleset | undefined;
  let at = -Infinity;
  return async () => {
    if (now() - at < rulesMaxAgeMs) return ruleset;
    const minVersion = ruleset?.version ?? 0;
    const check = { site: ruleset?.site, rulesKey, minVersion, now: now() };
    const news = await verifyRuleset(crypto.subtle, await ask(), check);
    if (news) ruleset = { ...news, rules: rulesUntilPage(news.rules) };
    at = now();
    return ruleset;
  };
}

/** Of each placement the rules before the first that only the page can decide: one behind it would be replaced there. */
function rulesUntilPage(rules: readonly Rule[]): Rule[] {
  const ofPage = new Set<string>();
  return byPriority(rules).filter((rule) => {
    if (isOfPage(rule)) ofPage.add(rule.placement);
    return !ofPage.has(rule.placement);
  });
}

const isOfPage = ({ cap, when }: Rule): boolean =>
  cap !== undefined || /"(time\.local|device|geo)\./.test(JSON.stringify(when ?? {}));

function inputOf(
  ruleset: Ruleset,
  { anonymousId, fold }: Snapshot,
  { url, language, cookie, now, granted }: Page,
): DecisionInput {
  const profile = profileView({ ...emptyFold(), ...fold }, now);
  const allows = (purpose: Purpose) =>
    (profile.consent[purpose] ?? (granted.includes(purpose) && "granted")) === "granted";
  return {
    ruleset,
    fold,
    profile,
    now,
    context: {
      targetingKey: anonymousId,
      session: { isNew: beginsSession(cookie, now) },
      page: {
        path: url.pathname,
        // Of a repeated parameter the first counts, as in the page.
        query: Object.fromEntries([...url.searchParams].reverse()),
        language,
      },
      channel: "web",
      device: {},
      consent: PURPOSES.filter(allows),
      shown: {},
    },
  };
}

/** What comes to content or a value; how it was decided and by which events is nothing a page needs. */
function decideAll(input: DecisionInput): Record<string, Decision> {
  const placements = new Set(input.ruleset!.rules.map(({ placement }) => placement));
  const decided = [...placements].map((placement) => decide(placement, input));
  return Object.fromEntries(
    decided.flatMap((one) => (one.outcome ? [[one.placement, { ...one, trace: [], evidence: [] }]] : [])),
  );
}

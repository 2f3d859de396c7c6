import { prepareRules, type Ruleset } from "@vitrine/core";
import { HttpProblem } from "../http/problem.ts";
import type { Services } from "../services.ts";
import type { RulesContent } from "./parseRules.ts";
import { createRulesetStore, type Draft, type Published, type RulesVersion } from "./rulesetStore.ts";
import { createRulesSigner } from "./rulesSigner.ts";

/** How long a ruleset is good for: a device that hears nothing for so long falls back to the shop's own defaults. */
export const RULESET_LIFE_MS: number = 30 * 86_400_000;

/** Renewed at half of its life, so that a device that visits once a fortnight always holds a good one. */
const RENEW_BEFORE_MS = RULESET_LIFE_MS / 2;

/** Who publishes renewals and the rules of a new site. */
const SYSTEM = "system";

/** Drafts and publications of rules. Every change is durable, in the audit log, and told to the hub. */
export interface Rulesets {
  current(siteId: string): Published | undefined;
  /** @throws HttpProblem 404 */
  version(siteId: string, version: number): Published;
  history(siteId: string, page: { before?: number | undefined; limit: number }): RulesVersion[];
  draft(siteId: string): Draft | undefined;
  saveDraft(siteId: string, by: string, content: RulesContent): void;
  discardDraft(siteId: string, by: string): void;
  /** True where nobody may publish what they wrote themselves. */
  needsReview(siteId: string): boolean;
  setReview(siteId: string, by: string, isNeeded: boolean): void;
  /** Publishes the draft under the next version. @throws HttpProblem 409 when there is none, or somebody else must do it */
  publish(siteId: string, by: string, note: string | null): Published;
  /** Publishes an older content under the next version. @throws HttpProblem 404, 409 */
  rollBack(siteId: string, by: string, version: number): Published;
  /** Publishes the same content again when its end is near or the site's key has changed. */
  renew(siteId: string): void;
  /** Gives a site its first rules, once. */
  seed(siteId: string, content: RulesContent): void;
}

/** Opens the rulesets. */
export function createRulesets(
  services: Pick<Services, "database" | "secrets" | "audit" | "hub" | "clock" | "keys">,
): Rulesets {
  const { database, audit, hub, clock } = services;
  const store = createRulesetStore(database);
  const { rulesKeys } = services.secrets;
  const newest = new Map<string, Published | undefined>();

  const current = (siteId: string) => {
    if (!newest.has(siteId)) newest.set(siteId, store.newest(siteId));
    return newest.get(siteId);
  };
  const nameOf = (siteId: string, keyId: string) =>
    services.keys.list(siteId).find(({ id }) => id === keyId)?.name ?? keyId;
  const find = (siteId: string, version: number) => {
    const found = store.version(siteId, version);
    if (!found)
      throw new HttpProblem(404, "unknown_version", "There is no such version; the history lists them.");
    return found;
  };

  interface Publication {
    siteId: string;
    by: string;
    action: string;
    content: RulesContent;
    note: string | null;
    details?: { from: number } | { writer: string; writerName: string };
    isDraft?: boolean;
  }
  const put = ({ siteId, by, action, content, note, details, isDraft }: Publication): Published => {
    const at = clock();
    const version = (store.newest(siteId)?.version ?? 0) + 1;
    const notAfter = at + RULESET_LIFE_MS;
    const { rules, segments, ...rest } = content;
    const ruleset: Ruleset = {
      site: siteId,
      version,
      notAfter,
      ...rest,
      rules: prepareRules(rules, segments),
    };
    const signed = createRulesSigner(rulesKeys.current()).sign(JSON.stringify(ruleset));
    const published = {
      version,
      at,
      by,
      note,
      rules: content.rules.length,
      notAfter,
      signed,
      content,
    };
    database.transaction(() => {
      store.insert(siteId, published);
      if (isDraft) store.deleteDraft(siteId);
      audit.append({
        siteId,
        by,
        action,
        details: { version, rules: published.rules, ...details, ...(note ? { note } : {}) },
      });
    });
    newest.set(siteId, published);
    hub.publish({ kind: "rules", siteId, version });
    return published;
  };

  return {
    current,
    version: find,
    history: (siteId, page) => store.history(siteId, page),
    draft: (siteId) => store.draft(siteId),
    needsReview: (siteId) => store.needsReview(siteId),
    setReview(siteId, by, isNeeded) {
      database.transaction(() => {
        store.setReview(siteId, isNeeded);
        audit.append({ siteId, by, action: "rules.review", details: { isNeeded } });
      });
    },
    saveDraft(siteId, by, content) {
      const published = current(siteId);
      const isSame = published && JSON.stringify(published.content) === JSON.stringify(content);
      const draft = store.draft(siteId);
      // Who only looks at it and saves it as it is has written nothing.
      if (draft && JSON.stringify(draft.content) === JSON.stringify(content)) return;
      database.transaction(() => {
        if (isSame) store.deleteDraft(siteId);
        else store.saveDraft(siteId, content, clock(), by);
        audit.append({ siteId, by, action: "rules.draft", details: { rules: content.rules.length } });
      });
    },
    discardDraft(siteId, by) {
      database.transaction(() => {
        if (store.deleteDraft(siteId)) audit.append({ siteId, by, action: "rules.discard" });
      });
    },
    publish(siteId, by, note) {
      const draft = store.draft(siteId);
      if (!draft) throw new HttpProblem(409, "no_draft", "There is no draft to publish; save one first.");
      const { content, by: writer } = draft;
      if (writer === by && store.needsReview(siteId))
        throw new HttpProblem(409, "needs_review", "You wrote this draft; somebody else must publish it.");
      const details = writer === by ? undefined : { writer, writerName: nameOf(siteId, writer) };
      return put({
        siteId,
        by,
        action: "rules.publish",
        content,
        note,
        isDraft: true,
        ...(details && { details }),
      });
    },
    rollBack(siteId, by, version) {
      const old = find(siteId, version);
      if (version === current(siteId)?.version)
        throw new HttpProblem(409, "is_current", "This version is the published one.");
      return put({
        siteId,
        by,
        action: "rules.rollback",
        content: old.content,
        note: old.note,
        details: { from: version },
      });
    },
    renew(siteId) {
      const published = current(siteId);
      if (!published) return;
      const { kid } = rulesKeys.current();
      const isDue = published.notAfter - clock() < RENEW_BEFORE_MS || published.signed.kid !== kid;
      if (isDue)
        put({
          siteId,
          by: SYSTEM,
          action: "rules.renew",
          content: published.content,
          note: published.note,
        });
    },
    seed(siteId, content) {
      if (!current(siteId)) put({ siteId, by: SYSTEM, action: "rules.publish", content, note: null });
    },
  };
}

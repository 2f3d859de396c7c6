import type { SignedRuleset } from "@vitrine/core";
import type { Database } from "../stores/database.ts";
import type { RulesContent } from "./parseRules.ts";

/** One publication, without its content. */
export interface RulesVersion {
  version: number;
  /** ms since 1970. */
  at: number;
  /** Key id of who published it, or `system`. */
  by: string;
  note: string | null;
  /** How many rules it holds. */
  rules: number;
  /** ms since 1970. */
  notAfter: number;
}

/** One publication as devices get it. */
export interface Published extends RulesVersion {
  signed: SignedRuleset;
  /** What the merchant wrote. */
  content: RulesContent;
}

/** What is being prepared, and who wrote it last. */
export interface Draft {
  content: RulesContent;
  /** Key id. */
  by: string;
}

/** Drafts and publications of all sites. Callers bring the transaction. */
export interface RulesetStore {
  newest(siteId: string): Published | undefined;
  version(siteId: string, version: number): Published | undefined;
  /** Newest first; `before` is a version. */
  history(siteId: string, page: { before?: number | undefined; limit: number }): RulesVersion[];
  insert(siteId: string, published: Published): void;
  draft(siteId: string): Draft | undefined;
  saveDraft(siteId: string, content: RulesContent, at: number, by: string): void;
  deleteDraft(siteId: string): boolean;
  /** True where nobody may publish what they wrote themselves. */
  needsReview(siteId: string): boolean;
  setReview(siteId: string, isNeeded: boolean): void;
}

interface Row {
  version: number;
  content: string;
  payload: string;
  signature: string;
  kid: string;
  not_after: number;
  rule_count: number;
  at: number;
  by: string;
  note: string | null;
}

/** Opens the store. */
export function createRulesetStore({ sql }: Database): RulesetStore {
  const one = (where: string, ...values: (string | number)[]) => {
    const row = sql(`SELECT * FROM rulesets WHERE site_id = ? ${where}`).get(...values) as Row | undefined;
    return row && publishedOf(row);
  };
  return {
    newest: (siteId) => one("ORDER BY version DESC LIMIT 1", siteId),
    version: (siteId, version) => one("AND version = ?", siteId, version),
    history(siteId, { before = Number.MAX_SAFE_INTEGER, limit }) {
      const select = "SELECT * FROM rulesets WHERE site_id = ? AND version < ? ORDER BY version DESC LIMIT ?";
      return (sql(select).all(siteId, before, limit) as unknown as Row[]).map(versionOf);
    },
    insert(siteId, { signed, content, ...rest }) {
      const insert =
        "INSERT INTO rulesets (site_id, version, content, payload, signature, kid, not_after, rule_count, at, by, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
      const { version, notAfter, rules, at, by, note } = rest;
      sql(insert).run(
        siteId,
        version,
        JSON.stringify(content),
        signed.payload,
        signed.signature,
        signed.kid,
        notAfter,
        rules,
        at,
        by,
        note,
      );
    },
    draft(siteId) {
      const row = sql("SELECT content, by FROM rule_drafts WHERE site_id = ?").get(siteId) as
        | { content: string; by: string }
        | undefined;
      return row && { content: JSON.parse(row.content) as RulesContent, by: row.by };
    },
    saveDraft(siteId, content, at, by) {
      const upsert =
        "INSERT INTO rule_drafts (site_id, content, at, by) VALUES (?, ?, ?, ?) ON CONFLICT (site_id) DO UPDATE SET content = excluded.content, at = excluded.at, by = excluded.by";
      sql(upsert).run(siteId, JSON.stringify(content), at, by);
    },
    needsReview: (siteId) =>
      sql("SELECT needs_review FROM rule_settings WHERE site_id = ?").get(siteId)?.["needs_review"] === 1,
    setReview(siteId, isNeeded) {
      const upsert =
        "INSERT INTO rule_settings (site_id, needs_review) VALUES (?, ?) ON CONFLICT (site_id) DO UPDATE SET needs_review = excluded.needs_review";
      sql(upsert).run(siteId, Number(isNeeded));
    },
    deleteDraft: (siteId) => sql("DELETE FROM rule_drafts WHERE site_id = ?").run(siteId).changes > 0,
  };
}

function versionOf(row: Row): RulesVersion {
  const { version, at, by, note, rule_count: rules, not_after: notAfter } = row;
  return { version, at, by, note, rules, notAfter };
}

function publishedOf(row: Row): Published {
  const { payload, signature, kid } = row;
  return {
    ...versionOf(row),
    signed: { payload, signature, kid },
    content: JSON.parse(row.content) as RulesContent,
  };
}

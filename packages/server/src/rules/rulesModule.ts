import type { Module } from "../module.ts";
import { adminRulesRoutes } from "../routes/adminRules.ts";
import { adminRulesKeysRoutes } from "../routes/adminRulesKeys.ts";
import { rulesRoutes } from "../routes/rules.ts";
import type { Services } from "../services.ts";
import { DEFAULT_SITE } from "../site/sites.ts";
import { DEFAULT_RULES } from "./defaultRules.ts";
import { noteKeysChange } from "./noteKeysChange.ts";
import { RULES_MIGRATIONS } from "./rulesMigrations.ts";
import { rulesetsOf } from "./rulesetsOf.ts";

/** How often the ends of rulesets are looked at. */
const RENEW_CHECK_MS = 3_600_000;

const timers = new Map<Services, NodeJS.Timeout>();

/** Rulesets: drafts, publications, and what devices read. */
export const rulesModule: Module = {
  name: "rules",
  migrations: RULES_MIGRATIONS,
  routes: () => [...rulesRoutes, ...adminRulesRoutes, ...adminRulesKeysRoutes],
  start(services) {
    const rulesets = rulesetsOf(services);
    noteKeysChange(services);
    rulesets.seed(DEFAULT_SITE, DEFAULT_RULES);
    rulesets.renew(DEFAULT_SITE);
    timers.set(services, setInterval(() => rulesets.renew(DEFAULT_SITE), RENEW_CHECK_MS).unref());
  },
  stop(services) {
    clearInterval(timers.get(services));
    timers.delete(services);
  },
};

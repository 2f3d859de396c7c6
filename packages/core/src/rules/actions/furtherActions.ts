import type { PageAction } from "../ruleset.ts";
import type { BASIC_ACTIONS } from "./basicActions.ts";
import { makeAvailability } from "./makeAvailability.ts";
import { makeEcho } from "./makeEcho.ts";
import type { Maker } from "./maker.ts";
import { makePrefill } from "./makePrefill.ts";
import { makeRecommend } from "./makeRecommend.ts";
import { makeReorder } from "./makeReorder.ts";
import { makeSurvey } from "./makeSurvey.ts";

type FurtherType = Exclude<PageAction["type"], keyof typeof BASIC_ACTIONS>;

/** The actions that a page's third script brings, when a rule needs one. A new one is its type in `ruleset.ts`, its entry here, and its sentence in `prepareRules.ts`. */
export const FURTHER_ACTIONS: { [T in FurtherType]: Maker<T> } = {
  prefill: makePrefill,
  reorder: makeReorder,
  recommend: makeRecommend,
  availability: makeAvailability,
  echoCreative: makeEcho,
  survey: makeSurvey,
  identifyPrompt: ({ href }, { context }) => (context.session.isKnown ? undefined : { href }),
};

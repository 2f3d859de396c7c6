export type { Json, JsonObject } from "./json.ts";
export { toJson } from "./toJson.ts";

export * from "./event/event.ts";
export * from "./event/wire.ts";
export type { Fault, RejectReason } from "./event/rejectReason.ts";
export { WireError } from "./event/wireError.ts";
export { WIRE_LIMITS, type WireLimits } from "./event/parseLimits.ts";
export { parseBatch, parseSingle, type ParsedBatch } from "./event/parseBatch.ts";
export { parseEvent, type EventDefaults, type ParsedEvent, type ParseOptions } from "./event/parseEvent.ts";
export { parseTimestamp } from "./event/parseTimestamp.ts";
export { parseWriter } from "./event/parseContext.ts";
export { BLOCKED_IDS, parseId } from "./event/parseId.ts";
export { fixTime, type FixedTime, type Times } from "./event/fixTime.ts";
export type { Capture, Sending } from "./event/placeCapture.ts";

export * from "./consent/purpose.ts";

export { get, put, type Keyed } from "./profile/keyed.ts";
export * from "./profile/register.ts";
export * from "./profile/dayCounts.ts";
export * from "./profile/product.ts";
export type { OrderContent, OrderFold, OrderLine } from "./profile/order.ts";
export * from "./profile/foldState.ts";
export { DEFAULT_CART, granted } from "./profile/facets.ts";
export { canonicalFold, copyFold, foldAll, foldEvent, mergeFolds } from "./profile/fold.ts";
export { boundGrown, type Grown } from "./profile/writeFold.ts";
export { resultingQuantity } from "./profile/resultingQuantity.ts";
export { joinFolds } from "./profile/joinFolds.ts";
export {
  cartLines,
  profileView,
  type Count,
  type OrderView,
  type ProfileView,
} from "./profile/profileView.ts";

export { guessSystem, LADDERS, normalLabel, placeOf } from "./sizes/ladders.ts";
export { sizeVotes, VOTE_WEIGHT, type SizeVote, type VoteKind } from "./sizes/votes.ts";
export { usualFilter, type UsualFilter } from "./sizes/usualFilter.ts";
export { SCALES, surveyScore, type SurveyScore } from "./surveys/surveyScore.ts";
export { usualSize, type SizeQuestion, type UsualSize } from "./sizes/usualSize.ts";

export { addToRanges, inRanges, missingInRanges, sizeOfRanges, type Ranges } from "./received/ranges.ts";
export * from "./received/received.ts";
export { noteTime, type WallClock } from "./received/writerClock.ts";

export * from "./rules/ruleset.ts";
export * from "./rules/decision.ts";
export * from "./rules/condition/index.ts";
export * from "./rules/bucketing/index.ts";
export { decide, decideWith } from "./rules/decide.ts";
export { byPriority, type RuleInput } from "./rules/tryRule.ts";
export { BASIC_ACTIONS } from "./rules/actions/basicActions.ts";
export { FURTHER_ACTIONS } from "./rules/actions/furtherActions.ts";
export { stockQuestion, type StockQuestion } from "./rules/actions/makeAvailability.ts";
export type { NextClicks, ShopFacts, StockFact } from "./rules/shopFacts.ts";
export { SCREEN_ACTIONS } from "./rules/screenActions.ts";
export { compilePlan, compilePlanWith } from "./rules/compilePlan.ts";
export { present } from "./rules/present.ts";
export { presentContent } from "./rules/presentContent.ts";
export { presentSurvey } from "./rules/presentSurvey.ts";
export { lintRules, type Finding, type FindingCode } from "./rules/lintRules.ts";
export { expandSegments, type Segments } from "./rules/segments.ts";
export { prepareRules } from "./rules/prepareRules.ts";
export { isTimeZone } from "./rules/wallClock.ts";
export { OWN_WORDS } from "./rules/languages/ownWords.ts";
export { fillText, localText } from "./rules/text.ts";
export type { PlanEntry, SlotGuard, SlotPlan } from "./rules/slotPlan.ts";
export * from "./rules/viewNode.ts";

export {
  parseScannedCode,
  type InStoreCode,
  type ProductCode,
  type ScannedCode,
} from "./codes/parseScannedCode.ts";
export { parseDigitalLink, type DigitalLink } from "./codes/digitalLink.ts";
export type { RefusalReason, RefusedCode } from "./codes/refusedCode.ts";

export { openSealed, sealTo, type RecipientKey, type SealContext } from "./seal/hpke.ts";
export {
  MAX_SEALED_LENGTH,
  parseSealedEvent,
  SEALED_EVENT_INFO,
  sealedAbout,
  type SealedEnvelope,
  type SealedEvent,
} from "./seal/sealedEvent.ts";
export type { Bytes, KeyHandle, Subtle } from "./seal/subtle.ts";
export {
  parseTryOn,
  TRY_ON_NAMES,
  type SessionEnd,
  type TryOnEvent,
  type TryOnName,
} from "./tryOn/tryOnEvent.ts";
export { parseTryOnNote, parseTryOnReport, type TryOnNote, type TryOnReport } from "./tryOn/tryOnReport.ts";

export {
  buildSequentialRules,
  createSequentialRulesCounter,
  followersOf,
  type SequentialRules,
  type SequentialRulesCounter,
  type SequentialRulesOptions,
  type Visit,
} from "./recommend/sequentialRules.ts";

export { compareSamples, type Comparison, type Interval } from "./experiments/compareSamples.ts";
export { checkSampleRatio, type SampleRatio } from "./experiments/sampleRatio.ts";
export { sampleOfRate, sampleOfSums, type Sample } from "./experiments/sample.ts";

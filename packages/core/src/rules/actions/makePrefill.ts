import { usualFilter } from "../../sizes/usualFilter.ts";
import { usualSize } from "../../sizes/usualSize.ts";
import type { DecisionInput, Material } from "../decision.ts";
import { OWN_WORDS } from "../languages/ownWords.ts";
import type { ChoiceWord, PrefillAction, SizeWord } from "../ruleset.ts";
import { localWords } from "../text.ts";
import type { Maker } from "./maker.ts";

/** What to choose at a control of the page: a size, the filters of a list, a store. */
export const makePrefill: Maker<"prefill"> = (action, input) => MAKERS[action.what](input, action);

const wordsOf = <W extends SizeWord | ChoiceWord>(
  own: Record<W, string>,
  { words }: PrefillAction,
  { context }: DecisionInput,
): Record<W, string> => localWords<W>(own, words, context.page.language);

const MAKERS: Record<
  PrefillAction["what"],
  (input: DecisionInput, action: PrefillAction) => Material | undefined
> = {
  size(input, action) {
    const { profile, context, now } = input;
    const question = questionOf(context.page.product);
    if (!question) return undefined;
    const usual = usualSize(profile.sizes, question, now);
    if (usual.kind === "none") return undefined;
    return {
      outcome: { type: "prefill", usual, words: wordsOf(OWN_WORDS.size, action, input) },
      values: { size: "label" in usual ? usual.label : usual.labels.join(", ") },
      evidence: usual.votes.map((vote) => vote.messageId),
    };
  },
  filters(input, action) {
    const { profile, context, now } = input;
    const question = questionOf(context.page.product);
    const filter = question && usualFilter(profile.sizes, question, now);
    if (!filter) return undefined;
    return {
      outcome: { type: "filters", filters: [filter], words: wordsOf(OWN_WORDS.choice, action, input) },
      values: { size: filter.value },
      evidence: filter.votes.map((vote) => vote.messageId),
    };
  },
  store(input, action) {
    const { profile, fold } = input;
    const { preferred } = profile.stores;
    if (!preferred) return undefined;
    return {
      outcome: { type: "store", store: preferred, words: wordsOf(OWN_WORDS.choice, action, input) },
      values: { store: preferred },
      evidence: [fold.last!["store"]!.i],
    };
  },
};

/** A label means something only with its system and group. */
function questionOf(product: DecisionInput["context"]["page"]["product"]) {
  const group = product?.sizeGroup ?? product?.category;
  const system = product?.sizeSystem;
  return group && system ? { ...product, group, system } : undefined;
}

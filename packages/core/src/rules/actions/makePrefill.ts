import { usualFilter } from "../../sizes/usualFilter.ts";
import { usualSize } from "../../sizes/usualSize.ts";
import type { DecisionInput, Material } from "../decision.ts";
import type { Maker } from "./maker.ts";

/** What to choose at a control of the page: a size, the filters of a list, a store. */
export const makePrefill: Maker<"prefill"> = ({ what }, input) => MAKERS[what](input);

const MAKERS: Record<"size" | "filters" | "store", (input: DecisionInput) => Material | undefined> = {
  size({ profile, context, now }) {
    const question = questionOf(context.page.product);
    if (!question) return undefined;
    const usual = usualSize(profile.sizes, question, now);
    if (usual.kind === "none") return undefined;
    return {
      outcome: { type: "prefill", usual },
      values: { size: "label" in usual ? usual.label : usual.labels.join(", ") },
      evidence: usual.votes.map((vote) => vote.messageId),
    };
  },
  filters({ profile, context, now }) {
    const question = questionOf(context.page.product);
    const filter = question && usualFilter(profile.sizes, question, now);
    if (!filter) return undefined;
    return {
      outcome: { type: "filters", filters: [filter] },
      values: { size: filter.value },
      evidence: filter.votes.map((vote) => vote.messageId),
    };
  },
  store({ profile, fold }) {
    const { preferred } = profile.stores;
    if (!preferred) return undefined;
    return {
      outcome: { type: "store", store: preferred },
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

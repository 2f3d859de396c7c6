import { FURTHER_ACTIONS, presentSurvey, type ShopFacts } from "@vitrine/core";
import { createChoices } from "../prefill/createChoices.ts";
import { createPrefill } from "../prefill/createPrefill.ts";
import type { Actions, ActionsHost } from "./actions.ts";
import { createNextClicks } from "./nextClicks.ts";
import { createStock } from "./stock.ts";
import { answerSurvey } from "./survey.ts";

/** The placement of the size control. */
const SIZE_PLACEMENT = "size";

/** Joins the further actions to the personal part. */
export function createActions(host: ActionsHost): Actions {
  const { _engine, _decide } = host;
  const stock = createStock(host);
  const shop: ShopFacts = { stock: stock.facts };
  const next = createNextClicks(host, (table) => (shop.next = table));
  const prefill = createPrefill({
    window,
    decide: (product) => _decide(SIZE_PLACEMENT, product),
    facts: () => _engine._sources.product(),
    onShown: ({ decision }) => host._expose(decision),
  });
  const choices = createChoices({ window, decide: _decide, onShown: host._expose });
  return {
    _actions: FURTHER_ACTIONS,
    _present: (outcome, because) => (outcome.type === "survey" ? presentSurvey(outcome, because) : undefined),
    _shop: shop,
    _update() {
      stock.update();
      next.update();
      prefill.update();
      choices.update();
    },
    _undo() {
      prefill.undo();
      choices.undo();
    },
    _act: (act) => answerSurvey(host, act),
  };
}

import { isObject, stockQuestion, type Action, type StockFact, type StockQuestion } from "@vitrine/core";
import type { ActionsHost } from "./actions.ts";
import { readShop } from "./readShop.ts";

/** The same question is not asked again for so long. */
const FRESH_MS = 5 * 60_000;

/** What stores have, as far as rules ask for it. */
export interface Stock {
  facts: StockFact[];
  /** Asks what the rules want to know by now. */
  update(): void;
}

/** Reads stock from the collector. An old copy says its age as any answer does. */
export function createStock({ _engine, _input, _changed }: ActionsHost): Stock {
  const facts: StockFact[] = [];
  /** When each question was last asked. */
  const asked = new Map<string, number>();

  const read = async ({ sku, store }: StockQuestion): Promise<void> => {
    const fact = parseStock(await readShop(_engine, "stock", { store, sku }), { sku, store });
    if (!fact) return;
    const place = facts.findIndex((one) => one.sku === sku && one.store === store);
    facts.splice(place < 0 ? facts.length : place, 1, fact);
    _changed();
  };

  return {
    facts,
    update() {
      const input = _input();
      for (const rule of input.ruleset?.rules ?? []) {
        const availability = availabilityOf(rule?.action);
        const question = availability && stockQuestion(availability, input);
        if (!question) continue;
        const key = JSON.stringify(question);
        if (_engine._now() - (asked.get(key) ?? -Infinity) < FRESH_MS) continue;
        asked.set(key, _engine._now());
        read(question).catch(() => {}); // offline without a copy, or no such article: nothing is shown
      }
    },
  };
}

const availabilityOf = (action: Action | undefined) => (action?.type === "availability" ? action : undefined);

/** An answer as a fact; undefined where the store never counted the article. */
function parseStock(answer: unknown, question: StockQuestion): StockFact | undefined {
  if (!isObject(answer)) return undefined;
  const { sizes = [], at } = answer as { sizes?: { size: string; quantity: number }[]; at?: number | null };
  if (typeof at !== "number") return undefined;
  const free = sizes.filter(({ size, quantity }) => typeof size === "string" && quantity > 0);
  return { ...question, at, sizes: free };
}

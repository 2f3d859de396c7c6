import { stockQuestion, type Action, type StockFact, type StockQuestion } from "@vitrine/core";
import type { ActionsHost } from "./actions.ts";

/** The same question is not asked again for so long. */
const FRESH_MS = 5 * 60_000;

/** What stores have, as far as rules ask for it. */
export interface Stock {
  facts: StockFact[];
  /** Asks what the rules want to know by now. */
  update(): void;
}

/**
 * Reads stock from the collector, without the device's secret: nobody is named, so the answer may be cached by the browser and by
 * whatever stands between. Offline the browser's copy serves, which says its age as any answer does.
 */
export function createStock({ _engine, _input, _changed }: ActionsHost): Stock {
  const facts: StockFact[] = [];
  /** When each question was last asked. */
  const asked = new Map<string, number>();

  const read = async ({ sku, store }: StockQuestion): Promise<void> => {
    const { endpoint, site } = _engine._config;
    const query = new URLSearchParams({ site, store, sku });
    const ask = (cache: RequestCache) => _engine._fetch(`${endpoint}/stock?${query}`, { cache });
    const answer = await ask("default").catch(() => ask("force-cache"));
    if (answer.status !== 200) return;
    const fact = parseStock(await answer.json(), { sku, store });
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
  const { sizes = [], at } = answer as { sizes?: { size: string; quantity: number }[]; at?: number | null };
  if (typeof at !== "number") return undefined;
  const free = sizes.filter(({ size, quantity }) => typeof size === "string" && quantity > 0);
  return { ...question, at, sizes: free };
}

import { productOf } from "@vitrine/core";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { LiveEvent, Page, RulesContent } from "../../api/types.ts";
import { useResource } from "../../api/useResource.ts";
import type { Suggested } from "./facts.ts";

/** Values that the shop really has, by what they are of. */
export type Suggestions = Readonly<Record<Suggested | "placements" | "pages", readonly string[]>>;

/** So many values are offered; who has more types the beginning. */
const MAX_OFFERED = 100;

/** What the latest events and the rules themselves name, for fields to offer. */
export function useSuggestions(content: RulesContent | undefined): Suggestions {
  const { data } = useResource<Page<LiveEvent>>("/events?limit=200");
  return useMemo(() => suggestionsOf(data?.items ?? [], content), [data, content]);
}

/** Gathers the values, each once, in alphabetical order. */
export function suggestionsOf(events: readonly LiveEvent[], content: RulesContent | undefined): Suggestions {
  const found = {
    categories: [] as unknown[],
    brands: [] as unknown[],
    paths: [] as unknown[],
    queries: [] as unknown[],
    languages: ["en", "de", "fr"] as unknown[],
    stores: [] as unknown[],
    segments: Object.keys(content?.segments ?? {}) as unknown[],
    pages: [] as unknown[],
    placements: (content?.rules ?? []).map(({ placement }) => placement as unknown),
  };
  for (const { event } of events) {
    const { properties, context } = event;
    const page = context["page"] as { path?: unknown; search?: string; url?: string } | undefined;
    const product = productOf(properties);
    found.categories.push(product?.category, properties["category_id"] ?? properties["category"]);
    found.brands.push(product?.brand);
    found.paths.push(page?.path);
    found.pages.push(page?.url?.replace(/[?#].*/, ""));
    found.queries.push(...new URLSearchParams(page?.search).keys());
    found.languages.push(context["locale"]);
    found.stores.push((context["store"] as { id?: unknown } | undefined)?.id, properties["store_id"]);
  }
  return Object.fromEntries(
    Object.entries(found).map(([name, values]) => [name, tidy(values)]),
  ) as unknown as Suggestions;
}

const tidy = (values: readonly unknown[]): string[] => {
  const texts = values.filter((one): one is string => typeof one === "string" && one !== "");
  return [...new Set(texts)].sort().slice(0, MAX_OFFERED);
};

/** The id of the list that a field offers. */
export const listId = (name: keyof Suggestions | undefined): string | undefined => name && `known-${name}`;

/** The lists themselves, once in a page. */
export function SuggestionLists({ suggestions }: { suggestions: Suggestions }): JSX.Element {
  return (
    <>
      {Object.entries(suggestions).map(([name, values]) => (
        <datalist key={name} id={`known-${name}`}>
          {values.map((value) => (
            <option key={value} value={value} />
          ))}
        </datalist>
      ))}
    </>
  );
}

import {
  guessSystem,
  isObject,
  normalLabel,
  numberOf,
  textOf,
  type Json,
  type JsonObject,
} from "@vitrine/core";
import type { ProductFacts } from "./sourceEvent.ts";

/** Values of a property of an article or its variants. */
type Values = (from: JsonObject[], name: string) => Json[];

/**
 * Finds the articles described by blocks of schema.org JSON-LD: `Product`, `ProductGroup` and their variants, at the
 * top, in arrays and `@graph`, as `mainEntity` or `itemOffered`; not those that other things merely mention.
 * A broken block costs only itself.
 * @param base address of the page, for relative images and links.
 */
export function readJsonLd(blocks: readonly string[], base: string): ProductFacts[] {
  const byId = new Map<Json | undefined, JsonObject>();
  const seen = new Set<JsonObject>();
  const articles = new Map<Json, JsonObject[]>();
  // References by `@id` alone stand for the thing described elsewhere.
  const values: Values = (from, name) =>
    from
      .flatMap((thing): Json[] => [thing[name] ?? []].flat())
      .map((value) => (isObject(value) ? (byId.get(value["@id"]) ?? value) : value));

  const visit = (things: Json[]): void => {
    for (const thing of things.filter(isObject)) {
      if (seen.has(thing)) continue;
      seen.add(thing);
      if (
        /\b(Product(Group|Model)?|IndividualProduct|SomeProducts)"/.test(JSON.stringify([thing["@type"]]))
      ) {
        // Variants that stand beside their group, or beside each other, are one article.
        const key = groupOf(thing, values) ?? idsOf(thing)[0] ?? textIn(thing["name"]) ?? thing;
        articles.set(key, [...(articles.get(key) ?? []), thing]);
      } else for (const name of ["@graph", "mainEntity", "itemOffered"]) visit(values([thing], name));
    }
  };
  const roots = blocks.flatMap((block): Json[] => {
    try {
      // Raw line breaks inside strings are the commonest fault of templates.
      return JSON.parse(block.replace(/\p{Cc}+/gu, " "), (_, value: Json) => {
        if (isObject(value) && value["@id"] && value["@type"]) byId.set(value["@id"], value);
        return value;
      }) as Json[];
    } catch {
      return [];
    }
  });
  visit(roots);
  return [...articles.values()].map((things) => describe(things, values, base));
}

/** A text, or what a thing is called. */
const textIn = (value: Json | undefined): string | undefined =>
  textOf(
    isObject(value) ? (value["name"] ?? value["url"] ?? value["contentUrl"] ?? value["value"]) : value,
  )?.trim();

const textsIn = (values: (Json | undefined)[]): string[] => values.flatMap((value) => textIn(value) ?? []);

/** Numbers of an article, the best first. */
const idsOf = (thing: JsonObject): string[] =>
  textsIn(["productID", "sku", "gtin", "gtin13", "gtin14", "mpn", "url"].map((name) => thing[name]));

const groupOf = (thing: JsonObject, values: Values): string | undefined =>
  textsIn([
    ...values([thing, ...values([thing], "isVariantOf").filter(isObject)], "productGroupID"),
    thing["inProductGroupWithID"],
  ])[0];

const isOpen = (offer: JsonObject): boolean =>
  !/(OutOfStock|SoldOut|Discontinued)"/.test(JSON.stringify([offer["availability"]]));

const priceOf = (offer: JsonObject): number => numberOf(offer["price"] ?? offer["lowPrice"]) ?? Infinity;

function describe(things: JsonObject[], values: Values, base: string): ProductFacts {
  const objects = (from: JsonObject[], name: string): JsonObject[] => values(from, name).filter(isObject);
  const head = things.find((thing) => thing["hasVariant"]) ?? things[0]!;
  const variants = [...new Set([head, ...things, ...objects(things, "hasVariant")])];
  const texts = (name: string): string[] => textsIn(values(variants, name));
  /** What all variants that say it have in common. */
  const same = (name: string): string | undefined => {
    const [one, ...others] = new Set(texts(name));
    return others[0] ? undefined : one;
  };
  const address = (url: string | undefined): string | undefined =>
    url && URL.canParse(url, base) ? new URL(url, base).href : undefined;

  const offers = objects(variants, "offers").map((offer) => ({
    ...objects([offer], "priceSpecification")[0],
    ...offer,
  }));
  const open = offers.filter(isOpen);
  const [cheapest = {}] = (open[0] ? open : [...offers]).sort((a, b) => priceOf(a) - priceOf(b));
  const isPriced = priceOf(cheapest) < Infinity;
  const group = groupOf(head, values);
  const ids = [...(group ? [group] : []), ...variants.flatMap(idsOf)];
  const labels = texts("size");
  const specs = JSON.stringify([values(variants, "size"), values(variants, "audience")]);
  const properties = {
    product_id: textIn(head["productID"]) ?? ids[0],
    sku: same("sku"),
    name: textIn(head["name"]),
    brand: texts("brand")[0],
    // The last part of `Women > Skirts`.
    category: texts("category")[0]
      ?.split(/\s*>\s*/)
      .pop(),
    image_url: address(texts("image")[0]),
    url: address(textIn(head["url"] ?? (offers[1] ? null : offers[0]?.["url"]))),
    price: isPriced ? priceOf(cheapest) : undefined,
    currency: isPriced ? textIn(cheapest["priceCurrency"]) : undefined,
    variant: same("color"),
    size: same("size"),
    // Letters are letters in every country's system; numbers are not.
    size_system: guessSystem([...labels, ...labels]) ?? /SizeSystem(\w+)/.exec(specs)?.[1],
    department: DEPARTMENTS.find(([, words]) => words.test(specs))?.[0],
  };
  const sizes: Record<string, boolean> = {};
  for (const variant of variants) {
    const own = objects([variant], "offers");
    for (const label of textsIn(values([variant], "size"))) {
      sizes[normalLabel(label)] ||= !own[0] || own.some(isOpen);
    }
  }
  return { properties: JSON.parse(JSON.stringify(properties)) as JsonObject, ids, sizes };
}

/** By words of size groups and genders; "women" stands first, since "female" holds "male". */
const DEPARTMENTS: [name: string, words: RegExp][] = [
  ["women", /Womens|female/i],
  ["men", /Mens|\b[mM]ale/],
  ["kids", /Girls|Boys|Infants/],
];

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
      if (/\b(Product(Group|Model)?|IndividualProduct|SomeProducts)(,|$)/.test(String(thing["@type"]))) {
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

const textsIn = (values: Json[]): string[] => values.flatMap((value) => textIn(value) ?? []);

/** `InStock` of `https://schema.org/InStock`, `Skirts` of `Women > Skirts`. */
const lastPart = (text: string | undefined): string | undefined => text?.split(/[/#>]\s*/).at(-1);

/** Numbers of an article, the best first. */
const idsOf = (thing: JsonObject): string[] =>
  textsIn(["productID", "sku", "gtin", "gtin13", "gtin14", "mpn", "url"].map((name) => thing[name] ?? null));

const groupOf = (thing: JsonObject, values: Values): string | undefined =>
  textsIn(values([thing, ...values([thing], "isVariantOf").filter(isObject)], "productGroupID"))[0] ??
  textIn(thing["inProductGroupWithID"]);

const isOpen = (offer: JsonObject): boolean =>
  !/(OutOfStock|SoldOut|Discontinued)$/.test(String(offer["availability"]));

function describe(things: JsonObject[], values: Values, base: string): ProductFacts {
  const objects = (from: JsonObject[], name: string): JsonObject[] => values(from, name).filter(isObject);
  const variants = [...new Set([...things, ...objects(things, "hasVariant")])].sort(
    (a, b) => Number("hasVariant" in b) - Number("hasVariant" in a),
  );
  const head = variants[0]!;
  const texts = (name: string): string[] => textsIn(values(variants, name));
  const first = (name: string): string | undefined => texts(name)[0];
  const same = (name: string): string | undefined =>
    new Set(texts(name)).size > 1 ? undefined : first(name);
  const address = (url: string | undefined): string | undefined =>
    url && URL.canParse(url, base) ? new URL(url, base).href : undefined;

  const offers = objects(variants, "offers");
  const open = offers.filter(isOpen);
  const prices = (open[0] ? open : offers).flatMap((offer) => {
    const from = { ...objects([offer], "priceSpecification")[0], ...offer };
    const price = numberOf(from["price"] ?? from["lowPrice"]);
    return price === undefined ? [] : { price, currency: textIn(from["priceCurrency"]) };
  });
  const group = groupOf(head, values);
  const ids = [...(group ? [group] : []), ...variants.flatMap(idsOf)];
  const specs = objects(variants, "size");
  // Letters are letters in every country's system; numbers are not.
  const labels = texts("size");
  const system =
    guessSystem([...labels, ...labels]) ??
    lastPart(textIn(specs[0]?.["sizeSystem"]))?.replace(/.*System/, "");
  const words = JSON.stringify([specs, values(variants, "audience")]);
  const department = /Womens|female/i.test(words)
    ? "women"
    : /Mens|\b[mM]ale/.test(words)
      ? "men"
      : /Girls|Boys|Infants/.test(words)
        ? "kids"
        : undefined;
  const properties = {
    product_id: textIn(head["productID"]) ?? ids[0],
    sku: same("sku"),
    name: textIn(head["name"]),
    brand: first("brand"),
    category: lastPart(first("category")),
    image_url: address(first("image")),
    url: address(textIn(head["url"]) ?? (offers[1] ? undefined : textIn(offers[0]?.["url"]))),
    ...prices.sort((a, b) => a.price - b.price)[0],
    availability: lastPart(textIn((open[0] ?? offers[0])?.["availability"])),
    variant: same("color"),
    size: same("size"),
    size_system: system,
    department,
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

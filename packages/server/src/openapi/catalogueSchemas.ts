import { count, list, nullable, object, ref, text, time, word, type Node } from "./parts.ts";

const gtin: Node = {
  ...text,
  description: "8, 12, 13 or 14 digits with a right check digit; answers have 14.",
};

const ARTICLE: Record<string, Node> = {
  sku: text,
  gtin: nullable(gtin),
  name: text,
  brand: nullable(text),
  category: nullable(text),
  image_url: nullable(text),
  url: nullable(text),
  price: nullable({ type: "number", minimum: 0 }),
  currency: nullable({ ...text, description: "ISO 4217." }),
  size_group: nullable({
    ...text,
    description: "Garment group within which sizes may be compared, such as tops or shoes.",
  }),
  size_system: nullable({ ...text, description: "INT, EU, UK, EU_SHOE …; as on the shop's pages." }),
  department: nullable({ ...text, description: "women, men, kids …" }),
};

const size: Record<string, Node> = { size: text, sku: text, gtin: nullable(gtin) };

const sizesInStore = list(
  object({
    ...size,
    stock: { ...nullable(count), description: "Null where the store never said." },
    at: { ...nullable(time), description: "When the store counted." },
  }),
);

/** Articles, stock and requests to the staff. */
export const CATALOGUE_SCHEMAS: Record<string, Node> = {
  Article: object({ ...ARTICLE, sizes: { ...list(object(size, ["gtin"])), maxItems: 60 } }, [
    ...Object.keys(ARTICLE).filter((name) => name !== "sku" && name !== "name"),
    "sizes",
  ]),
  Refusal: object({
    index: { ...count, description: "Place in the list that was sent." },
    sku: nullable(text),
    code: word("malformed", "taken", "unknown_sku", "full"),
    detail: text,
  }),
  FeedAnswer: object(
    {
      stored: count,
      older: { ...count, description: "Levels for which a newer one was known; that one stays." },
      refused: list(ref("Refusal")),
    },
    ["older"],
  ),
  ListedArticle: object({ article: object(ARTICLE), sizes: sizesInStore }),
  ArticleInStore: object({
    article: object(ARTICLE),
    size: {
      ...nullable(text),
      description: "The size the code stands for; null for one of the whole article.",
    },
    sizes: sizesInStore,
    store: text,
  }),
  StaffRequest: object({
    id: text,
    kiosk: text,
    store: text,
    sku: text,
    name: text,
    image_url: nullable(text),
    size: text,
    state: word("open", "coming", "unavailable"),
    at: time,
  }),
};

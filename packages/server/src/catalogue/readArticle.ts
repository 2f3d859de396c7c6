import {
  cursorAt,
  optional,
  readInteger,
  readList,
  readObject,
  readText,
  type Cursor,
  type RuleProblem,
} from "../rules/problems.ts";
import type { Article, ArticleSize, Refusal, StockLevel } from "./article.ts";
import { normaliseGtin } from "./gtin.ts";

const MAX_SIZES = 60;
const MAX_SKU_CHARS = 80;
const MAX_TEXT_CHARS = 200;
const MAX_URL_CHARS = 2_000;
const MAX_PRICE = 1e9;
const MAX_QUANTITY = 1e6;

/** What an article of which only the SKU is sold is called where a size is asked for. */
const ONE_SIZE = "one size";

const FIELDS =
  "sku,gtin,name,brand,category,image_url,url,price,currency,size_group,size_system,department,sizes".split(
    ",",
  );

/** Reads one article of a feed, or says what is wrong with it. */
export function readArticle(value: unknown, index: number): Article | Refusal {
  return readEntry(value, index, (at) => {
    readObject(at, FIELDS);
    const sku = readText(at.to("sku"), MAX_SKU_CHARS);
    const name = readText(at.to("name"), MAX_TEXT_CHARS);
    const gtin = readGtin(at.to("gtin"));
    const price = optional(at.to("price"), readPrice) ?? null;
    const currency = optional(at.to("currency"), readCurrency) ?? null;
    if ((price === null) !== (currency === null))
      at.fail("A price needs a currency, and the other way round.");
    const sizes = optional(at.to("sizes"), readSizes);
    const note = (field: string) => optional(at.to(field), (one) => readText(one, MAX_TEXT_CHARS)) ?? null;
    if (sku === undefined || name === undefined) return undefined;
    return {
      sku,
      gtin,
      name,
      brand: note("brand"),
      category: note("category"),
      image_url: optional(at.to("image_url"), readUrl) ?? null,
      url: optional(at.to("url"), readUrl) ?? null,
      price,
      currency,
      size_group: note("size_group"),
      size_system: note("size_system"),
      department: note("department"),
      sizes: sizes ?? [{ size: ONE_SIZE, sku, gtin }],
    };
  });
}

/** Reads one level of a stock feed, or says what is wrong with it. */
export function readLevel(value: unknown, index: number): StockLevel | Refusal {
  return readEntry(value, index, (at) => {
    readObject(at, ["sku", "quantity"]);
    const sku = readText(at.to("sku"), MAX_SKU_CHARS);
    const quantity = readInteger(at.to("quantity"), 0, MAX_QUANTITY);
    return sku === undefined || quantity === undefined ? undefined : { sku, quantity };
  });
}

/** True for an entry that was not taken. */
export const isRefusal = (entry: object): entry is Refusal => "detail" in entry;

function readEntry<T extends object>(
  value: unknown,
  index: number,
  read: (at: Cursor) => T | undefined,
): T | Refusal {
  const problems: RuleProblem[] = [];
  const entry = read(cursorAt(value, problems));
  const [problem] = problems;
  if (entry && !problem) return entry;
  const { sku } = (value ?? {}) as { sku?: unknown };
  const detail = problem
    ? `${problem.path.slice(1) || "The entry"}: ${problem.message}`
    : "It is incomplete.";
  return {
    index,
    sku: typeof sku === "string" ? sku.slice(0, MAX_SKU_CHARS) : null,
    code: "malformed",
    detail,
  };
}

function readSizes(at: Cursor): ArticleSize[] | undefined {
  const sizes = readList(at, MAX_SIZES, (item) => {
    readObject(item, ["size", "sku", "gtin"]);
    const size = readText(item.to("size"), MAX_SKU_CHARS);
    const sku = readText(item.to("sku"), MAX_SKU_CHARS);
    const gtin = readGtin(item.to("gtin"));
    return size === undefined || sku === undefined ? undefined : { size, sku, gtin };
  });
  if (sizes?.length === 0) return at.fail("Leave it out where the article has no sizes.");
  for (const key of ["size", "sku", "gtin"] as const) {
    const values = (sizes ?? []).flatMap((one) => one[key] ?? []);
    if (new Set(values).size < values.length) at.fail(`Two sizes have the same ${key}.`);
  }
  return sizes;
}

function readGtin(at: Cursor): string | null {
  if (at.value === undefined || at.value === null) return null;
  const gtin = typeof at.value === "string" ? normaliseGtin(at.value) : undefined;
  return gtin ?? at.fail("Must be 8, 12, 13 or 14 digits as a text, with the right check digit.") ?? null;
}

function readPrice(at: Cursor): number | undefined {
  const { value } = at;
  const fits = typeof value === "number" && value >= 0 && value <= MAX_PRICE;
  return fits ? value : at.fail("Must be a number from 0.");
}

function readCurrency(at: Cursor): string | undefined {
  const { value } = at;
  return typeof value === "string" && /^[A-Z]{3}$/.test(value)
    ? value
    : at.fail("Must be like EUR (ISO 4217).");
}

function readUrl(at: Cursor): string | undefined {
  const text = readText(at, MAX_URL_CHARS);
  if (text === undefined) return undefined;
  return /^https?:$/.test(URL.parse(text)?.protocol ?? "")
    ? text
    : at.fail("Must be a whole http(s) address.");
}

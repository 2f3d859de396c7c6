import type { Article } from "../looks/look.ts";
import { bodyOf, type Server } from "./server.ts";

const OPTIONAL = [
  "gtin",
  "brand",
  "image_url",
  "url",
  "picture",
  "currency",
  "size_group",
  "size_system",
  "department",
] as const satisfies (keyof Article)[];

/** A size of an article in this shop. */
export interface Size {
  size: string;
  sku: string;
  /** Pieces in this shop; undefined where nobody counted them. */
  stock?: number;
}

/** What the shop knows of a scanned number. */
export type Found =
  | {
      state: "found";
      article: Article;
      sizes: Size[];
      /** When this was so, ms since 1970: there where the server could not be asked, and this machine remembered. */
      keptAt?: number;
    }
  | { state: "unknown" }
  | { state: "offline" };

/** Looks an article up by a GTIN or the shop's own number. */
export async function findArticle(server: Server, code: string): Promise<Found> {
  const answer = await server.ask("GET", `articles?code=${encodeURIComponent(code)}`);
  if (!answer) return { state: "offline" };
  const { article, sizes: all, size: scanned, kept_at: keptAt } = bodyOf(answer) ?? {};
  const read = readArticle(article);
  if (!read) return { state: "unknown" };
  const sizes = Array.isArray(all) ? all.flatMap(readSize) : [];
  // What is sold in no sizes has one that is called so, and has the article's own number.
  const mine = sizes.find(({ size, sku }) => size === scanned && sku !== read.sku);
  return {
    state: "found",
    article: { ...read, ...(mine && { size: mine.size, sizeSku: mine.sku }) },
    sizes,
    ...(typeof keptAt === "number" && { keptAt }),
  };
}

/** What staff said to a wish. */
export type Wish = "open" | "coming" | "unavailable";

/**
 * Asks staff to bring a size.
 * @returns its id, or undefined when nobody could be asked
 */
export async function askFor(server: Server, sku: string, size: string): Promise<string | undefined> {
  const { id } = bodyOf(await server.ask("POST", "requests", { sku, size })) ?? {};
  return typeof id === "string" ? id : undefined;
}

/** What became of it; `open` also while the server cannot be reached. */
export async function wishOf(server: Server, id: string): Promise<Wish> {
  const { state } = bodyOf(await server.ask("GET", `requests/${encodeURIComponent(id)}`)) ?? {};
  return state === "coming" || state === "unavailable" ? state : "open";
}

function readArticle(value: unknown): Article | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const from = value as Record<string, unknown>;
  const { sku, name, price } = from;
  if (typeof sku !== "string" || typeof name !== "string") return undefined;
  const texts = OPTIONAL.flatMap((field) => (typeof from[field] === "string" ? [[field, from[field]]] : []));
  return { sku, name, ...(typeof price === "number" && { price }), ...Object.fromEntries(texts) };
}

function readSize(value: unknown): Size[] {
  const { size, sku, stock } = (value ?? {}) as Record<string, unknown>;
  if (typeof size !== "string" || typeof sku !== "string") return [];
  return [{ size, sku, ...(typeof stock === "number" && { stock }) }];
}

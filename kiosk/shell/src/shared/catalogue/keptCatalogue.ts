import { readFileSync } from "node:fs";
import { replaceFile } from "../replaceFile.ts";

/** An article with its sizes, as the server lists it; what is not looked at here goes on to the page as it is. */
export interface KeptArticle {
  article: { sku: string; gtin?: string | null; image_url?: string | null };
  sizes: { size?: string; sku: string; gtin?: string | null }[];
}

/** An article, and the size that the code stands for which it was found by; null for one of the whole article. */
export type FoundArticle = KeptArticle & { size: string | null };

/** A store's whole catalogue, as it was at a time. */
export interface KeptCatalogue {
  /** When it was asked for, ms since 1970; undefined while there is none. */
  at(): number | undefined;
  /** Finds an article by a GTIN of any length or a SKU, of itself or of a size. */
  find(code: string): FoundArticle | undefined;
  articles(): readonly KeptArticle[];
  /** Keeps another in its place, over restarts too where the disk has room. */
  replace(articles: readonly KeptArticle[], at: number): void;
}

interface Kept {
  at: number;
  articles: readonly KeptArticle[];
}

/**
 * Opens what is kept in a file; one that cannot be understood is as good as none. It is the same whatever was scanned:
 * nothing of a shopper is in it.
 */
export function openKeptCatalogue(file: string): KeptCatalogue {
  let kept = readKept(file);
  let byCode = indexOf(kept?.articles ?? []);
  return {
    at: () => kept?.at,
    find: (code) => byCode.get(keyOf(code)),
    articles: () => kept?.articles ?? [],
    replace(articles, at) {
      kept = { at, articles };
      byCode = indexOf(articles);
      try {
        replaceFile(file, JSON.stringify(kept));
      } catch {
        // A full disk costs the next cold start without a network its catalogue, and nothing now.
      }
    },
  };
}

function readKept(file: string): Kept | undefined {
  try {
    const { at, articles } = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
    return typeof at === "number" ? { at, articles: readArticles(articles) } : undefined;
  } catch {
    return undefined;
  }
}

/** Articles out of an answer or a file; what is none is left out. */
export function readArticles(value: unknown): KeptArticle[] {
  if (!Array.isArray(value)) return [];
  return value.filter((entry: Partial<KeptArticle> | null) => {
    const { article, sizes } = entry ?? {};
    return (
      typeof article?.sku === "string" &&
      Array.isArray(sizes) &&
      sizes.every((size: Partial<KeptArticle["sizes"][number]> | null) => typeof size?.sku === "string")
    );
  }) as KeptArticle[];
}

/** A size's own code is stronger than its article's, and a GTIN than a SKU, as with the server. */
function indexOf(articles: readonly KeptArticle[]): Map<string, FoundArticle> {
  const index = new Map<string, FoundArticle>();
  for (const code of ["sku", "gtin"] as const) {
    const put = (key: string | null | undefined, found: FoundArticle) => key && index.set(keyOf(key), found);
    for (const kept of articles) put(kept.article[code], { ...kept, size: null });
    for (const kept of articles)
      for (const { size, ...codes } of kept.sizes) put(codes[code], { ...kept, size: size ?? null });
  }
  return index;
}

/** One product, one number: GTINs have up to 14 digits, with or without leading zeros. */
const keyOf = (code: string): string => (/^\d{8,14}$/.test(code) ? code.padStart(14, "0") : code);

/** One size of an article, as it hangs on the rail. */
export interface ArticleSize {
  size: string;
  sku: string;
  /** 14 digits. */
  gtin: string | null;
}

/** An article of the shop's catalogue. Names of fields are those of the events' products. */
export interface Article {
  sku: string;
  /** 14 digits; of the article as a whole, where it has one. */
  gtin: string | null;
  name: string;
  brand: string | null;
  category: string | null;
  image_url: string | null;
  url: string | null;
  price: number | null;
  /** ISO 4217. */
  currency: string | null;
  /** Garment group (`tops`, `shoes`), size system (`INT`, `EU`) and department: within them sizes may be compared. */
  size_group: string | null;
  size_system: string | null;
  department: string | null;
  /** At least one. */
  sizes: ArticleSize[];
}

/** How many pieces of a size a store has, as it last said. */
export interface StockLevel {
  sku: string;
  quantity: number;
}

/** An entry of a feed that was not taken, by its place and name; the others are kept. */
export interface Refusal {
  /** Place in the list that was sent. */
  index: number;
  sku: string | null;
  /** Stable: `malformed`, `taken`, `unknown_sku`, `full`. */
  code: string;
  detail: string;
}

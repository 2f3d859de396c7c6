import { catalogue, gtinOf, sizesOf, STORES, unitsInStore } from "./shop/index.ts";

/** Where the feeds go, and by which key (scopes `catalogue` and `stock`). */
export interface FeedTarget {
  vitrineUrl: string;
  key: string;
  /** Where the shop's pages and pictures are. */
  shopUrl: string;
  /** When the stores counted, ms since 1970. */
  at: number;
}

/**
 * Sends the shop's articles, then what each of its stores has of them, as a shop's own server does every few minutes.
 * @throws Error when the server refuses a single entry
 */
export async function sendFeeds({ vitrineUrl, key, shopUrl, at }: FeedTarget): Promise<void> {
  const put = async (path: string, body: object): Promise<void> => {
    const answer = await fetch(`${vitrineUrl}${path}`, {
      method: "PUT",
      headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    const { refused } = (await answer.json()) as { refused?: object[] };
    if (!answer.ok || refused?.length)
      throw new Error(`${path}: ${answer.status} ${JSON.stringify(refused)}`);
  };
  await put("/v1/catalogue", { articles: articlesOf(shopUrl) });
  for (const store of STORES) await put("/v1/stock", { store, at, levels: levelsOf(store) });
}

const skuOf = (model: string, size: string): string => `${model}-${size}`;

const articlesOf = (shopUrl: string): object[] =>
  catalogue.map((product) => ({
    sku: product.model,
    name: product.name,
    brand: product.brand,
    category: product.category,
    image_url: `${shopUrl}/images/${product.model}.svg`,
    url: `${shopUrl}/p/${product.model}`,
    price: product.price,
    currency: "USD",
    size_group: product.sizeGroup,
    size_system: product.sizeSystem,
    department: "women",
    sizes: sizesOf(product).map((size) => ({
      size,
      sku: skuOf(product.model, size),
      gtin: gtinOf(product, size),
    })),
  }));

const levelsOf = (store: string): object[] =>
  catalogue.flatMap((product) =>
    sizesOf(product).map((size) => ({
      sku: skuOf(product.model, size),
      quantity: unitsInStore(store, product.model, size),
    })),
  );

/** What the app sells, as its pages carry it. Prices are US dollars. */
export interface Article {
  model: string;
  name: string;
  brand: string;
  category: string;
  price: number;
  description: string;
  sizeGroup: string;
  sizeSystem: string;
  sizes: readonly string[];
}

/** An article in the words of Segment's e-commerce events. */
export function propertiesOf({
  model,
  name,
  brand,
  category,
  price,
  sizeGroup,
  sizeSystem,
}: Article): object {
  return {
    product_id: model,
    name,
    brand,
    category,
    price,
    currency: "USD",
    url: `/app/p/${model}`,
    image_url: `/images/${model}.svg`,
    size_group: sizeGroup,
    size_system: sizeSystem,
  };
}

/** A price as the shop writes it. */
export const dollars = (amount: number): string =>
  amount.toLocaleString("en-US", { style: "currency", currency: "USD", maximumFractionDigits: 0 });

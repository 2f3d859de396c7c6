import { sizesOf } from "../catalogue/sizes.ts";
import type { Product } from "../catalogue/Product.ts";
import { colourName } from "./colourName.ts";
import { CURRENCY } from "./money.ts";
import type { Shop } from "./Shop.ts";

/** A way to a page, for breadcrumbs: the last one is the page itself. */
export interface Crumb {
  name: string;
  path: string;
}

/** schema.org ProductGroup with one offer for each size, as product pages carry it for search engines. */
export function productGroup(product: Product, shop: Shop, origin: string): object {
  const url = `${origin}/p/${product.model}`;
  const image = `${origin}/images/${product.model}.svg`;
  const shared = {
    brand: { "@type": "Brand", name: product.brand },
    category: product.category,
    color: colourName(product.colour),
    material: product.material,
  };
  return {
    "@context": "https://schema.org",
    "@type": "ProductGroup",
    "@id": `${url}#group`,
    productGroupID: product.model,
    name: product.name,
    description: product.description,
    url,
    image,
    ...shared,
    audience: { "@type": "PeopleAudience", suggestedGender: "female" },
    variesBy: ["https://schema.org/size"],
    hasVariant: sizesOf(product).map((size) => ({
      "@type": "Product",
      sku: `${product.model}-${size}`,
      name: `${product.name}, ${size}`,
      description: product.description,
      size,
      image,
      url,
      ...shared,
      offers: {
        "@type": "Offer",
        url,
        price: product.price.toFixed(2),
        priceCurrency: CURRENCY,
        itemCondition: "https://schema.org/NewCondition",
        availability: `https://schema.org/${shop.stock(product.model, size) > 0 ? "InStock" : "OutOfStock"}`,
      },
    })),
  };
}

export function breadcrumbList(crumbs: readonly Crumb[], origin: string): object {
  return {
    "@context": "https://schema.org",
    "@type": "BreadcrumbList",
    itemListElement: crumbs.map(({ name, path }, index) => ({
      "@type": "ListItem",
      position: index + 1,
      name,
      item: origin + path,
    })),
  };
}

export function itemList(name: string, products: readonly Product[], origin: string): object {
  return {
    "@context": "https://schema.org",
    "@type": "ItemList",
    name,
    numberOfItems: products.length,
    itemListElement: products.map((product, index) => ({
      "@type": "ListItem",
      position: index + 1,
      name: product.name,
      url: `${origin}/p/${product.model}`,
    })),
  };
}

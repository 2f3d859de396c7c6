export { catalogue, createShop } from "./server/createShop.ts";
export type { ShopOptions } from "./server/ShopOptions.ts";
export type { Category, Colour, ModelFacts, Product, SizeGroup, SizeSystem } from "./catalogue/Product.ts";
export { sizesOf, unitsInStock } from "./catalogue/sizes.ts";
export { gtinOf } from "./catalogue/gtin.ts";
export { STORES, unitsInStore } from "./catalogue/stores.ts";

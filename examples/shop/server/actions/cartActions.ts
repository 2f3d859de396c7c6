import { sizesOf } from "../../catalogue/sizes.ts";
import { cartCookie, quantityOf, withQuantity } from "../cart.ts";
import { flashCookie } from "../flash.ts";
import { field } from "../readBody.ts";
import type { Reply } from "../Reply.ts";
import type { Shop } from "../Shop.ts";
import type { Visit } from "../Visit.ts";

/** Puts one piece into the bag and goes there; without a size that is in stock, back to the product. */
export function addToCart(form: URLSearchParams, shop: Shop, { cart }: Visit): Reply {
  const product = shop.product(field(form, "model"));
  if (!product) return { kind: "redirect", to: "/cart" };
  const size = field(form, "size");
  const units = sizesOf(product).includes(size) ? shop.stock(product.model, size) : 0;
  if (units === 0) return { kind: "redirect", to: `/p/${product.model}?missing=size` };
  const before = quantityOf(cart, product.model, size);
  const next = withQuantity(cart, { product, size, quantity: before + 1 }, shop);
  const added = quantityOf(next, product.model, size) - before;
  const cookies = [cartCookie(next)];
  if (added > 0) cookies.push(flashCookie("added", product.model, size, added));
  return { kind: "redirect", to: "/cart", cookies };
}

/** Sets the quantity of a line; 0 takes it out. */
export function updateCart(form: URLSearchParams, shop: Shop, { cart }: Visit): Reply {
  const product = shop.product(field(form, "model"));
  const size = field(form, "size");
  const wanted = Number.parseInt(field(form, "quantity"), 10);
  const before = product ? quantityOf(cart, product.model, size) : 0;
  if (!product || !before || !(wanted >= 0)) return { kind: "redirect", to: "/cart" };
  const next = withQuantity(cart, { product, size, quantity: wanted }, shop);
  const change = quantityOf(next, product.model, size) - before;
  const cookies = [cartCookie(next)];
  if (change !== 0) {
    cookies.push(flashCookie(change > 0 ? "added" : "removed", product.model, size, Math.abs(change)));
  }
  return { kind: "redirect", to: "/cart", cookies };
}

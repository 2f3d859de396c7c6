import { cartCookie, valueOf } from "../cart.ts";
import { shippingFor } from "../money.ts";
import type { Order } from "../orders.ts";
import { type CheckoutForm, checkoutPage, type FieldName } from "../pages/checkoutPage.ts";
import { field } from "../readBody.ts";
import type { Reply } from "../Reply.ts";
import type { Shop } from "../Shop.ts";
import type { Visit } from "../Visit.ts";

const CHECKS: Readonly<Record<FieldName, { isRight: RegExp; error: string }>> = {
  email: {
    isRight: /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/,
    error: "Enter an email address, as in name@example.com.",
  },
  name: { isRight: /^.{2,120}$/, error: "Enter your full name." },
  street: { isRight: /^.{3,120}$/, error: "Enter street and number." },
  city: { isRight: /^.{2,120}$/, error: "Enter the city." },
  zip: { isRight: /^[A-Za-z0-9][A-Za-z0-9 -]{2,9}$/, error: "Enter the ZIP code." },
};

/** Takes the order, empties the bag and goes to the confirmation; shows the form again when it is incomplete. */
export function placeOrder(form: URLSearchParams, shop: Shop, visit: Visit): Reply {
  const { cart, user } = visit;
  if (!cart.length) return { kind: "redirect", to: "/cart" };
  const { values, errors } = validate(form);
  if (Object.keys(errors).length) return checkoutPage(visit, { values, errors });
  const goods = valueOf(cart);
  const delivery = values.delivery === "express" ? "express" : "standard";
  const shipping = shippingFor(goods, delivery);
  const { email = "", name = "", street = "", city = "", zip = "" } = values;
  const order: Order = {
    id: shop.newOrderId(),
    lines: cart,
    goods,
    shipping,
    total: goods + shipping,
    delivery,
    payment: values.payment === "cash" ? "cash" : "card",
    email,
    name,
    street,
    city,
    zip,
    placedAt: shop.now(),
  };
  if (user) order.userId = user.id;
  shop.orders.add(order);
  return { kind: "redirect", to: `/order/${order.id}`, cookies: [cartCookie([])] };
}

function validate(form: URLSearchParams): CheckoutForm {
  const values: CheckoutForm["values"] = {
    delivery: field(form, "delivery"),
    payment: field(form, "payment"),
  };
  const errors: CheckoutForm["errors"] = {};
  for (const [key, { isRight, error }] of Object.entries(CHECKS)) {
    const name = key as FieldName;
    const value = field(form, name).slice(0, 120);
    values[name] = value;
    if (!isRight.test(value)) errors[name] = error;
  }
  return { values, errors };
}

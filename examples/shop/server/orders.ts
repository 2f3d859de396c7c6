import type { Cart } from "./cart.ts";

export type Delivery = "standard" | "express";
export type Payment = "cash" | "card";

export interface Order {
  id: string;
  lines: Cart;
  /** US dollars: goods, delivery, both. */
  goods: number;
  shipping: number;
  total: number;
  delivery: Delivery;
  payment: Payment;
  name: string;
  email: string;
  street: string;
  city: string;
  zip: string;
  userId?: string;
  /** ms since 1970. */
  placedAt: number;
}

/** The shop's memory of orders. */
export interface OrderBook {
  add: (order: Order) => void;
  find: (id: string) => Order | undefined;
  /** Newest first. */
  ofUser: (userId: string) => Order[];
}

/** @param maxOrders the oldest order goes when there are more: a demo must not grow for ever. */
export function createOrderBook(maxOrders = 2000): OrderBook {
  const orders = new Map<string, Order>();
  return {
    add(order) {
      orders.set(order.id, order);
      const oldest = orders.keys().next().value;
      if (orders.size > maxOrders && oldest !== undefined) orders.delete(oldest);
    },
    find: (id) => orders.get(id),
    ofUser: (userId) => [...orders.values()].filter((order) => order.userId === userId).toReversed(),
  };
}

import type { HandedList } from "@vitrine/kiosk/clips";
import { strings } from "./strings.ts";

/** The list as text, to be sent to somebody: a garment a line, with the address of its page where it has one. */
export function listText({ store, articles }: HandedList): string {
  const lines = articles.map(({ name, brand, size, sku, url }) => {
    const words = [name, brand, size && strings.looks.size(size), strings.list.number(sku)];
    return [words.filter(Boolean).join(", "), url].filter(Boolean).join("\n");
  });
  return [strings.list.store(store), ...lines].join("\n");
}

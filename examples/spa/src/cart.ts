import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";

/** A line of the cart. */
export interface Line {
  model: string;
  size: string;
  quantity: number;
}

/** The app's cart; it is the app's own, and kept in this browser. */
export interface Cart {
  lines: readonly Line[];
  /** Adds pieces, or takes them away; a line without pieces goes. */
  add: (model: string, size: string, pieces: number) => void;
}

const KEY = "app-cart";

/** The cart for everything inside. */
export const CartContext = createContext<Cart>({ lines: [], add: () => {} });
export const useCart = (): Cart => useContext(CartContext);

/** Keeps the cart. It is empty in the first render, as it is on the server, which does not know it. */
export function useKeptCart(): Cart {
  const [lines, setLines] = useState<readonly Line[]>([]);
  useEffect(() => setLines(read()), []);
  const add = (model: string, size: string, pieces: number): void => {
    const known = read();
    const line = known.find((one) => one.model === model && one.size === size) ?? {
      model,
      size,
      quantity: 0,
    };
    const next = { ...line, quantity: line.quantity + pieces };
    const others = known.filter((one) => one.model !== model || one.size !== size);
    const all = next.quantity > 0 ? [...others, next] : others;
    localStorage.setItem(KEY, JSON.stringify(all));
    setLines(all);
  };
  return { lines, add };
}

const read = (): Line[] => JSON.parse(localStorage.getItem(KEY) ?? "[]") as Line[];

import type { Category, Product } from "../catalogue/Product.ts";
import { drawGarment } from "./drawProduct.ts";

interface Placed {
  model: string;
  x: number;
  y: number;
  scale: number;
  turn: number;
}

/** Two pieces for each department, laid over each other; the second lies on top. */
const LAID: Readonly<Record<Category, readonly Placed[]>> = {
  trousers: [
    { model: "A18", x: -60, y: 10, scale: 0.95, turn: -7 },
    { model: "A2", x: 110, y: 24, scale: 0.98, turn: 6 },
  ],
  skirts: [
    { model: "B20", x: -70, y: -20, scale: 0.9, turn: -8 },
    { model: "B4", x: 96, y: 8, scale: 0.92, turn: 6 },
  ],
  blouses: [
    { model: "C26", x: -78, y: -62, scale: 0.98, turn: -9 },
    { model: "C11", x: 88, y: 20, scale: 0.98, turn: 8 },
  ],
  shoes: [
    { model: "S2", x: -8, y: -130, scale: 0.86, turn: -4 },
    { model: "S1", x: 60, y: 70, scale: 0.88, turn: 3 },
  ],
  sale: [
    { model: "P18", x: -84, y: -6, scale: 0.92, turn: -9 },
    { model: "P38", x: 84, y: -2, scale: 0.94, turn: 6 },
  ],
};

/** A square picture for a department. */
export function drawTile(category: Category, products: readonly Product[]): string {
  const pieces = LAID[category].map(({ model, x, y, scale, turn }, index) => {
    const product = products.find((entry) => entry.model === model);
    const place = `translate(${x} ${y}) scale(${scale}) rotate(${turn} 300 375)`;
    return product ? `<g transform="${place}">${drawGarment(product, `t${index}`)}</g>` : "";
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 600" width="600" height="600">`,
    `<defs><radialGradient id="bg" cx=".4" cy=".35" r=".9"><stop offset="0" stop-color="#efeae1"/><stop offset="1" stop-color="#dbd3c6"/></radialGradient></defs>`,
    `<rect width="600" height="600" fill="url(#bg)"/>`,
    ...pieces,
    `</svg>`,
  ].join("");
}

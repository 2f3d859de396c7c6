import type { Product } from "../catalogue/Product.ts";
import { drawGarment } from "./drawProduct.ts";

interface Hanging {
  model: string;
  /** Where its hook is on the rail. */
  x: number;
  scale: number;
  /** Height of neck or waistband in the garment's own drawing. */
  neck: number;
  by: "hanger" | "clips";
}

/** What hangs on the rail, back to front. */
const HANGING: readonly Hanging[] = [
  { model: "A33", x: 330, scale: 0.86, neck: 92, by: "clips" },
  { model: "B20", x: 742, scale: 0.84, neck: 106, by: "clips" },
  { model: "C55", x: 1120, scale: 0.86, neck: 148, by: "hanger" },
  { model: "C26", x: 130, scale: 0.9, neck: 148, by: "hanger" },
  { model: "C11", x: 545, scale: 0.9, neck: 148, by: "hanger" },
  { model: "P4", x: 935, scale: 0.92, neck: 94, by: "hanger" },
];

const RAIL_Y = 92;
const HOOK = 62;

/** The hero picture: clothes on a rail before a plastered wall, 1200 × 900; the rail leaves the frame on both sides. */
export function drawRail(products: readonly Product[]): string {
  const clothes = HANGING.map((entry, index) => {
    const product = products.find(({ model }) => model === entry.model);
    return product ? hang(product, entry, `r${index}`) : "";
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 900" width="1200" height="900"><defs>`,
    `<linearGradient id="wall" x2=".5" y2="1"><stop offset="0" stop-color="#ece6dc"/><stop offset=".7" stop-color="#e4dccf"/><stop offset="1" stop-color="#d8cebf"/></linearGradient>`,
    `<linearGradient id="rail" x2="0" y2="1"><stop offset="0" stop-color="#8d7353"/><stop offset=".3" stop-color="#c9a97f"/><stop offset="1" stop-color="#5f4a33"/></linearGradient>`,
    `<filter id="plaster" x="0" y="0" width="100%" height="100%" color-interpolation-filters="sRGB"><feTurbulence type="fractalNoise" baseFrequency=".011 .014" numOctaves="4" seed="3"/><feColorMatrix values="0 0 0 0 .45  0 0 0 0 .38  0 0 0 0 .3  0 0 0 .9 -.36"/></filter>`,
    `<filter id="far" x="-5%" y="-300%" width="110%" height="700%"><feGaussianBlur stdDeviation="9"/></filter></defs>`,
    `<rect width="1200" height="900" fill="url(#wall)"/><rect width="1200" height="900" filter="url(#plaster)" opacity=".13"/>`,
    `<rect x="-20" y="${RAIL_Y + 22}" width="1240" height="12" fill="#4a3a2a" opacity=".28" filter="url(#far)"/>`,
    ...HANGING.map(hanger),
    `<rect x="-20" y="${RAIL_Y - 7}" width="1240" height="14" fill="url(#rail)"/>`,
    ...clothes,
    `</svg>`,
  ].join("");
}

function hang(product: Product, { x, scale, neck }: Hanging, id: string): string {
  const y = RAIL_Y + HOOK - neck * scale;
  return `<g transform="translate(${x - 300 * scale} ${y}) scale(${scale})">${drawGarment(product, id)}</g>`;
}

function hanger({ x, by }: Hanging): string {
  const end = RAIL_Y + HOOK - 6;
  const hook = `<path d="M${x - 15} ${RAIL_Y + 4}A15 15 0 1 1 ${x + 6} ${RAIL_Y + 12}Q${x} ${RAIL_Y + 18} ${x} ${end}" fill="none" stroke="#4b4640" stroke-width="4" stroke-linecap="round"/>`;
  if (by === "hanger") return hook;
  const clip = (at: number): string =>
    `<rect x="${at - 8}" y="${end - 4}" width="16" height="26" rx="3" fill="#57504a"/>`;
  return `${hook}<rect x="${x - 62}" y="${end - 8}" width="124" height="7" rx="3.5" fill="#57504a"/>${clip(x - 48)}${clip(x + 48)}`;
}

import type { Cloth } from "./Cloth.ts";
import { lightness } from "./colour.ts";

/** Gradients, filters, patterns that one garment needs; ids begin with `id`. */
export function defsFor(id: string, cloth: Cloth): string {
  return [
    blur(`${id}soft`, 5),
    blur(`${id}round`, 9),
    blur(`${id}drop`, 13),
    grain(id, cloth),
    weavePattern(id, cloth),
    fade(`${id}fs`, cloth.shade),
    fade(`${id}fl`, cloth.light),
    printPatterns(id, cloth),
  ].join("");
}

/** Id of the print as it lies on a piece that is turned by `turn` degrees: 0 or a sleeve's ±10. */
export function printId(id: string, turn: number): string {
  return `${id}print${turn === 0 ? "" : turn < 0 ? "l" : "r"}`;
}

function printPatterns(id: string, { print, base }: Cloth): string {
  if (!print) return "";
  return [0, -10, 10]
    .map((turn) => {
      const transform = `rotate(${print.angle + turn} 300 375) scale(.62)`;
      return `<pattern id="${printId(id, turn)}" width="${print.width}" height="${print.height}" patternUnits="userSpaceOnUse" patternTransform="${transform}"><rect width="100%" height="100%" fill="${base}"/>${print.body}</pattern>`;
    })
    .join("");
}

function fade(id: string, colour: string): string {
  return `<linearGradient id="${id}" x2="0" y2="1"><stop offset="0" stop-color="${colour}" stop-opacity="0"/><stop offset=".5" stop-color="${colour}" stop-opacity=".8"/><stop offset="1" stop-color="${colour}"/></linearGradient>`;
}

/** The weave, as a layer over the whole sheet; the caller clips it to its piece. */
export function weaveLayer(id: string, cloth: Cloth, turn: number): string {
  if (!hasPattern(cloth)) return "";
  const rotate = turn ? ` transform="rotate(${turn} 300 375)"` : "";
  return `<rect x="-200" y="-200" width="1000" height="1150" fill="url(#${id}weave)"${rotate}/>`;
}

/** The unevenness of yarn and dye, over the whole garment; the caller clips it. */
export function grainLayer(id: string, { weave, base }: Cloth): string {
  // On light cloth the same noise looks like dirt.
  const opacity = GRAIN[weave].opacity * (lightness(base) > 0.8 ? 0.4 : 1);
  return `<rect width="600" height="750" filter="url(#${id}grain)" opacity="${opacity.toFixed(2)}"/>`;
}

const GRAIN: Readonly<Record<Cloth["weave"], { frequency: string; opacity: number }>> = {
  plain: { frequency: "0.9", opacity: 0.09 },
  linen: { frequency: "0.06 0.9", opacity: 0.12 },
  denim: { frequency: "0.6 0.4", opacity: 0.22 },
  corduroy: { frequency: "0.6", opacity: 0.16 },
  satin: { frequency: "0.6", opacity: 0.07 },
  rib: { frequency: "0.6", opacity: 0.14 },
  leather: { frequency: "0.5", opacity: 0.1 },
  suede: { frequency: "0.9", opacity: 0.18 },
};

function blur(id: string, deviation: number): string {
  return `<filter id="${id}" x="-30%" y="-30%" width="160%" height="160%" color-interpolation-filters="sRGB"><feGaussianBlur stdDeviation="${deviation}"/></filter>`;
}

// Noise as alpha of one dark tone, so that it darkens threads and leaves the dye alone between them.
function grain(id: string, { weave }: Cloth): string {
  return `<filter id="${id}grain" x="0" y="0" width="100%" height="100%" color-interpolation-filters="sRGB"><feTurbulence type="fractalNoise" baseFrequency="${GRAIN[weave].frequency}" numOctaves="2" seed="7"/><feColorMatrix values="0 0 0 0 .1  0 0 0 0 .08  0 0 0 0 .08  0 0 0 2.2 -.75"/></filter>`;
}

function hasPattern({ weave }: Cloth): boolean {
  return weave === "denim" || weave === "corduroy" || weave === "rib" || weave === "linen";
}

function weavePattern(id: string, { weave, shade, light }: Cloth): string {
  const pattern = (width: number, height: number, angle: number, body: string): string =>
    `<pattern id="${id}weave" width="${width}" height="${height}" patternUnits="userSpaceOnUse" patternTransform="rotate(${angle})">${body}</pattern>`;
  if (weave === "denim") return pattern(3, 10, 32, line(0, 1.1, light, 0.28) + line(1.6, 0.9, shade, 0.2));
  if (weave === "corduroy") return pattern(6.5, 10, 0, line(0, 2.2, shade, 0.32) + line(3, 2.2, light, 0.3));
  if (weave === "rib") return pattern(5, 10, 0, line(0, 1.6, shade, 0.22) + line(2.2, 1.8, light, 0.2));
  if (weave === "linen") return pattern(4, 10, 0, line(0, 1, shade, 0.1) + line(2, 1, light, 0.16));
  return "";
}

function line(x: number, width: number, colour: string, opacity: number): string {
  return `<rect x="${x}" width="${width}" height="10" fill="${colour}" opacity="${opacity}"/>`;
}

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const FILES = {
  "shop.css": "text/css; charset=utf-8",
  "no-script.css": "text/css; charset=utf-8",
  "shop.js": "text/javascript; charset=utf-8",
} as const;

export type AssetName = keyof typeof FILES;

interface Asset {
  type: string;
  body: string;
  etag: string;
}

function load(name: AssetName): Asset {
  const body = readFileSync(new URL(`../public/${name}`, import.meta.url), "utf8");
  return { type: FILES[name], body, etag: fingerprint(body) };
}

const assets: Readonly<Record<AssetName, Asset>> = {
  "shop.css": load("shop.css"),
  "no-script.css": load("no-script.css"),
  "shop.js": load("shop.js"),
};

export function assetNamed(name: string): Asset | undefined {
  return Object.hasOwn(assets, name) ? assets[name as AssetName] : undefined;
}

/** Path with the content's fingerprint, so that it may be cached for ever. */
export function assetPath(name: AssetName): string {
  return `/assets/${name}?v=${assets[name].etag}`;
}

export function fingerprint(body: string): string {
  return createHash("sha256").update(body).digest("base64url").slice(0, 12);
}

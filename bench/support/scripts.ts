import { readdirSync } from "node:fs";
import { ownFile, packageFile } from "./packageFile.ts";

const BUNDLES = ownFile("packages/browser/dist/bundle/");

/** Scripts as browsers load them: ours, and those of peers that do part of the same work. */
export const SCRIPTS = {
  vitrine: `${BUNDLES}vitrine.js`,
  /** What `vitrine.js` loads; its name ends with a hash. */
  personal: BUNDLES + readdirSync(BUNDLES).find((file) => file.startsWith("vitrine-personal.")),
  firstPaint: `${BUNDLES}first-paint.js`,
  /** What Segment's snippet loads from its CDN. */
  segment: packageFile("@segment/analytics-next", "dist/umd/standalone.js"),
  /** GrowthBook's script tag. */
  growthbook: packageFile("@growthbook/growthbook", "dist/bundles/auto.min.js"),
};

/** Names for the table. */
export const SEGMENT = "@segment/analytics-next";
export const GROWTHBOOK = "@growthbook/growthbook";

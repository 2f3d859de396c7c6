import { ownFile, packageFile } from "./packageFile.ts";

/** Scripts as browsers load them: ours, and those of peers that do part of the same work. */
export const SCRIPTS = {
  vitrine: ownFile("packages/browser/dist/bundle/vitrine.js"),
  firstPaint: ownFile("packages/browser/dist/bundle/first-paint.js"),
  /** What Segment's snippet loads from its CDN. */
  segment: packageFile("@segment/analytics-next", "dist/umd/standalone.js"),
  /** GrowthBook's script tag. */
  growthbook: packageFile("@growthbook/growthbook", "dist/bundles/auto.min.js"),
};

/** Names for the table. */
export const SEGMENT = "@segment/analytics-next";
export const GROWTHBOOK = "@growthbook/growthbook";

import { isTimeZone } from "@vitrine/core";
import type { Cursor } from "./problems.ts";

/** What is known of a time zone. */
const OF_TIME = ["hour", "weekday", "date"];

/** What is known of where a visitor is. */
const OF_GEO = ["country", "region"];

/** A fact that has no parts. */
const WHOLE = "channel";

/** Checks a path against the facts that exist; what begins otherwise never has a value, which is nearly always a typing error. */
export function checkPath(at: Cursor, path: string, roots: readonly string[]): void {
  const [root = "", ...steps] = path.split(".");
  if (!roots.includes(root) || (root === WHOLE && steps.length > 0))
    at.fail(
      `Nothing is known under "${path}". Begin with ${roots.map((one) => (one === WHOLE ? one : `${one}.`)).join(", ")}.`,
    );
  else if (root === "time") checkTime(at, steps);
  else if (root === "geo" && !OF_GEO.includes(steps.join(".")))
    at.fail(
      `Of where a visitor is only ${OF_GEO.join(" and ")} are known: geo.country is DE, geo.region is DE-BY.`,
    );
}

function checkTime(at: Cursor, [zone = "", fact = "", ...deeper]: string[]): void {
  const isZone: boolean = zone === "local" || isTimeZone(zone);
  if (!isZone)
    at.fail(
      `"${zone}" is not a time zone. Write an IANA name, as in time.Europe/Warsaw.hour, or local for the visitor's own clock.`,
    );
  else if (!OF_TIME.includes(fact) || deeper.length > 0)
    at.fail(`Of a time zone only ${OF_TIME.join(", ")} are known: time.${zone}.hour.`);
}

import type { IncomingMessage } from "node:http";
import type { Geo } from "@vitrine/core";
import type { Settings } from "../options.ts";

/** What proxies write of an address that they cannot place. */
const NOWHERE = ["XX", "ZZ"];

/**
 * Where a request comes from, as the proxy in front of us wrote it into its headers; undefined where it says nothing that ISO 3166
 * knows. We look up no address ourselves.
 */
export function geoOf(
  { headers }: IncomingMessage,
  { countryHeader, regionHeader }: Pick<Settings, "countryHeader" | "regionHeader">,
): Geo | undefined {
  const read = (name: string | undefined) =>
    name === undefined
      ? ""
      : String(headers[name.toLowerCase()] ?? "")
          .trim()
          .toUpperCase();
  const country = read(countryHeader);
  if (!/^[A-Z]{2}$/.test(country) || NOWHERE.includes(country)) return undefined;
  // Some proxies write the whole code, some what comes behind its country.
  const region = read(regionHeader).replace(`${country}-`, "");
  return /^[A-Z0-9]{1,3}$/.test(region) ? { country, region: `${country}-${region}` } : { country };
}

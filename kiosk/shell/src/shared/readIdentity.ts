import { readEndpoint } from "./parseMessage.ts";
import type { KioskIdentity } from "@vitrine/kiosk/shell";

/**
 * Reads an identity out of a stored file.
 * @throws Error when a field is missing or not what it should be.
 */
export function readIdentity(value: unknown): KioskIdentity {
  const fields = (value ?? {}) as Record<string, unknown>;
  const rulesKey = fields["rulesKey"];
  return {
    endpoint: readEndpoint(fields["endpoint"]),
    kioskId: readText(fields, "kioskId"),
    name: readText(fields, "name"),
    store: readText(fields, "store"),
    site: readText(fields, "site"),
    ...(typeof rulesKey === "string" ? { rulesKey } : {}),
    shopUrl: new URL(readText(fields, "shopUrl")).href,
  };
}

/** @throws Error when there is no such text. */
export function readText(fields: Record<string, unknown>, name: string): string {
  const text = fields[name];
  if (typeof text !== "string" || text === "" || text.length > 1024)
    throw new Error(`The server's answer has no ${name}; it may be of another version.`);
  return text;
}

/** True for an uncompressed point of P-256 in base64url; whether it lies on the curve is seen when it is used. */
export const isEventKey = (value: unknown): value is string =>
  typeof value === "string" && /^B[\w-]{86}$/.test(value);

/** True for one such point or several, separated by spaces: while keys change, rules may come from any of them. */
export const isRulesKey = (value: unknown): value is string =>
  typeof value === "string" && value.split(" ").every(isEventKey);

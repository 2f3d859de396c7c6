import { createHash } from "node:crypto";

/** The anonymous id that a device's secret certifies: `d_` and 22 characters of its SHA-256. */
export function deviceIdOf(secret: string): string {
  return `d_${createHash("sha256").update(secret).digest("base64url").slice(0, 22)}`;
}

/** True for 32 bytes in base64url. */
export function isDeviceSecret(text: string): boolean {
  return /^[\w-]{43}$/.test(text);
}

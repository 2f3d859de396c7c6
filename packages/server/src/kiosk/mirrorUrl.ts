import type { Settings } from "../options.ts";

/** Path of the server's own pairing page. */
export const MIRROR_PATH = "/mirror";

/**
 * Where a phone confirms a code. The code stands in the fragment: it reaches the page's script, and no server's log.
 * Without a page on the shop's own origin it is ours, which can read no device and so pairs without a profile.
 */
export function pairingUrl({ mirrorPage, publicUrl }: Settings, code: string): string {
  return `${mirrorPage ?? publicUrl + MIRROR_PATH}#${code}`;
}

/** Where the shop's own pages are. */
export function shopUrlOf({ mirrorPage, origins, publicUrl }: Settings): string {
  return mirrorPage === undefined ? (origins[0] ?? publicUrl) : new URL(mirrorPage).origin;
}

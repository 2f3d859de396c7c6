import { toBase64Url } from "../ids.ts";
import type { Platform } from "../platform.ts";

/**
 * A device. Its `id` is the hash of its `secret`, so it certifies itself: whoever has the secret may read that
 * identity back. Without WebCrypto there is no secret: the id is random, and nothing can be read with it.
 */
export interface Device {
  id: string;
  secret?: string;
  /** It came back from a cookie: it may have a history that this browser has not seen. */
  restored?: boolean;
}

/** Makes a device, or the one that a restored secret names. */
export async function createDevice({ _random, _subtle }: Platform, restored?: string): Promise<Device> {
  const secret = restored ?? toBase64Url(_random(32));
  try {
    const hash = await _subtle!.digest("SHA-256", new TextEncoder().encode(secret));
    const id = "d_" + toBase64Url(new Uint8Array(hash)).slice(0, 22);
    return { id, secret, restored: !!restored };
  } catch {
    return { id: "a_" + secret.slice(0, 22) }; // not a secure context
  }
}

import { fromBase64Url } from "../ids.ts";

/**
 * Whether a text was signed by a key: ECDSA P-256 with SHA-256 over its UTF-8.
 * @param signature r ‖ s (IEEE P1363), 64 bytes in strict base64url
 * @param key raw point, base64url
 * @throws what WebCrypto throws, for what is no key, and TypeError for what is no text
 */
export async function isSignedBy(
  subtle: SubtleCrypto,
  key: string,
  text: string,
  signature: string,
): Promise<boolean> {
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const imported = await subtle.importKey("raw", fromBase64Url(key)!, algorithm, false, ["verify"]);
  // 64 bytes in base64url. Firefox takes shorter halves too, when their numbers fit: one signature had several spellings.
  const isWhole = signature.length === 86;
  return (
    isWhole && subtle.verify(algorithm, imported, fromBase64Url(signature)!, new TextEncoder().encode(text))
  );
}

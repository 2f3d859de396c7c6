import { toBase64Url } from "../../packages/browser/src/ids.ts";
import { isSignedBy } from "../../packages/browser/src/personal/isSignedBy.ts";
import { verifySigned } from "../../packages/browser/src/personal/verifySigned.ts";

/** Wycheproof's file of ECDSA signatures; bytes are hex. */
export interface SignatureCases {
  testGroups: {
    publicKey: { uncompressed: string };
    tests: { tcId: number; comment: string; msg: string; sig: string; result: "valid" | "invalid" }[];
  }[];
}

/** How a vector came out, by the piece of the SDK that its message fits. */
export interface Judged {
  name: string;
  by: "verifySigned" | "isSignedBy";
  expected: "valid" | "invalid";
  verdict: "valid" | "invalid";
}

const bytes = (hex: string) =>
  Uint8Array.from({ length: hex.length / 2 }, (_, at) => Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16));

/** Throws where a message is no UTF-8: what we sign is text. */
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Puts every vector before what pages verify rules with; where the message is no JSON, before what that asks about texts. */
export function judgeSignatures({ testGroups }: SignatureCases): Promise<Judged[]> {
  const vectors = testGroups.flatMap(({ publicKey, tests }) =>
    tests.map((test) => ({ ...test, key: toBase64Url(bytes(publicKey.uncompressed)) })),
  );
  return Promise.all(
    vectors.map(async ({ tcId, comment, key, msg, sig, result }): Promise<Judged> => {
      const payload = utf8.decode(bytes(msg));
      const signature = toBase64Url(bytes(sig));
      const said = await verifySigned(crypto.subtle, { payload, signature }, key);
      const isValid = isJson(payload)
        ? JSON.stringify(said) === JSON.stringify(JSON.parse(payload))
        : said === undefined && (await isSignedBy(crypto.subtle, key, payload, signature).catch(() => false));
      return {
        name: `${tcId} ${comment}`,
        by: isJson(payload) ? "verifySigned" : "isSignedBy",
        expected: result,
        verdict: isValid ? "valid" : "invalid",
      };
    }),
  );
}

/** A line for the log: how many came out as they must, through what. */
export function sumUp(judged: readonly Judged[]): string {
  const count = (by: Judged["by"]) => judged.filter((one) => one.by === by).length;
  const passed = judged.filter(({ expected, verdict }) => expected === verdict).length;
  return (
    `${passed} of ${judged.length} passed: ${count("verifySigned")} through verifySigned, ` +
    `${count("isSignedBy")} through isSignedBy as their messages are no JSON; 0 not applicable`
  );
}

import { isAttribute, isKey, isValueOf, mayFollow } from "./applicationIdentifiers.ts";
import { isGtinLength, toGtin14 } from "./gtin.ts";
import { refuse, type RefusedCode } from "./refusedCode.ts";

/** What a GS1 Digital Link says: application identifiers (AI) with their values, taken out of path and query. */
export interface DigitalLink {
  kind: "link";
  /** What the link is about, such as AI 01, a product. */
  key: { ai: string; value: string };
  /** By AI, such as 10, the batch. */
  qualifiers: Record<string, string>;
  /** By AI, such as 17, the expiry date. */
  attributes: Record<string, string>;
}

/** Words that versions 1.0 to 1.2 of the standard allowed for the numbers. */
const OLD_NAMES: Readonly<Record<string, string>> = {
  gtin: "01",
  itip: "8006",
  cpv: "22",
  lot: "10",
  ser: "21",
  exp: "17",
};

const LINK = /^https?:\/\/[^\s/?#]+(\/[^\s?#]*)?(?:\?([^\s#]*))?(?:#\S*)?$/i;

/** Tells whether a text is a web link, whatever it points to. */
export function isLink(text: string): boolean {
  return /^https?:\/\//i.test(text);
}

/**
 * Takes the identifiers out of a GS1 Digital Link. The link is text to be read: nothing about it is ever fetched, and
 * its host says nothing about whose product it is.
 * @see GS1 Digital Link: URI syntax, 1.4.1; section 4 of the standard for the order of qualifiers
 */
export function parseDigitalLink(uri: string): DigitalLink | RefusedCode {
  const match = LINK.exec(uri);
  if (!match) return refuse("bad_link", "This web link is broken: scan the code again.");
  const pairs = pairsOf((match[1] ?? "").replace(/\/$/, "").slice(1).split("/"));
  if (!pairs) return refuse("no_product", "This web link names no product. The product's own barcode does.");
  return checkLink(pairs, attributesOf((match[2] ?? "").split(/[&;]/)));
}

function checkLink([key, ...qualifiers]: Pair[], attributes: Pair[]): DigitalLink | RefusedCode {
  const bad = [key!, ...qualifiers, ...attributes].find(({ ai, value }) => !isValueOf(ai, value));
  if (bad)
    return refuse(
      "bad_value",
      `The web link's part ${bad.ai} cannot be “${bad.value.slice(0, 40)}”: its form or check digit is wrong.`,
    );
  if (
    !mayFollow(
      key!.ai,
      qualifiers.map(({ ai }) => ai),
    )
  )
    return refuse("bad_order", "This web link names its parts in an order that GS1 does not allow.");
  return { kind: "link", key: key!, qualifiers: recordOf(qualifiers), attributes: recordOf(attributes) };
}

interface Pair {
  ai: string;
  value: string;
}

/** The last key of the path and all behind it, in pairs; before it a shop may have put what it likes. */
function pairsOf(segments: string[]): Pair[] | undefined {
  for (let at = segments.length - 2; at >= 0; at -= 2) {
    if (isKey(numberOf(segments[at]!))) return inPairs(segments.slice(at));
  }
  return undefined;
}

function inPairs(segments: string[]): Pair[] {
  return segments.flatMap((segment, i) => (i % 2 === 0 ? [pairOf(segment, segments[i + 1]!)] : []));
}

/** What else is in the query is the shop's own (`utm_source`), or newer than this table: it is left there. */
function attributesOf(query: string[]): Pair[] {
  return query.flatMap((part) => {
    const [name, ...rest] = part.split("=");
    return rest.length > 0 && isAttribute(numberOf(name!)) ? [pairOf(name!, rest.join("="))] : [];
  });
}

function pairOf(name: string, encoded: string): Pair {
  const [ai, value] = [numberOf(name), decode(encoded)];
  return { ai, value: ai === "01" && isGtinLength(value.length) ? toGtin14(value) : value };
}

const numberOf = (name: string) => (Object.hasOwn(OLD_NAMES, name) ? OLD_NAMES[name]! : name);

const recordOf = (pairs: Pair[]) => Object.fromEntries(pairs.map(({ ai, value }) => [ai, value]));

/** Text in which a percent sign encodes nothing stays as it is, which no identifier allows. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return `${text}\uFFFD`;
    throw error;
  }
}

/** A slot of the page that is looked at, as the page tells it. */
export interface HeardSlot {
  placement: string;
  /** The rule that fills it; null where the shop's own content stands. */
  rule: string | null;
}

/** What a previewed page says to the console that it stands in. */
export type HeardWord = { kind: "slots"; slots: HeardSlot[] } | { kind: "picked"; placement: string };

/** Reads a message; undefined for what is none of a preview's. Whatever page stands in the frame may send anything. */
export function readWord(data: unknown): HeardWord | undefined {
  if (!isRecord(data) || data["vitrine"] !== "preview") return undefined;
  const { kind, placement, slots } = data;
  if (kind === "picked" && typeof placement === "string") return { kind, placement };
  if (kind !== "slots" || !Array.isArray(slots)) return undefined;
  const heard = slots.flatMap((one): HeardSlot[] =>
    isRecord(one) && typeof one["placement"] === "string"
      ? [{ placement: one["placement"], rule: typeof one["rule"] === "string" ? one["rule"] : null }]
      : [],
  );
  return { kind, slots: heard };
}

/**
 * The link that shows a draft in a page of the shop. The token stands after `#`, which no server is sent.
 * @returns undefined for what is no address of a page
 */
export function previewLink(address: string, token: string): URL | undefined {
  const url = URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol)) return undefined;
  url.searchParams.set("vitrine-inspector", "preview");
  url.hash = `vitrine-preview=${token}`;
  return url;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

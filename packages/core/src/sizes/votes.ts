import type { Fold } from "../profile/foldState.ts";
import { keptLines, type OrderFold, type OrderLine } from "../profile/order.ts";
import type { Product } from "../profile/product.ts";
import { normalLabel } from "./ladders.ts";

/** How an evidence of size came about, strongest first. */
export type VoteKind = "kept" | "fits" | "search" | "wish";

/** Weight of a fresh vote, by kind. */
export const VOTE_WEIGHT: Record<VoteKind, number> = { kept: 1, fits: 0.7, search: 0.3, wish: 0.2 };

/** One word for a size. */
export interface SizeVote {
  kind: VoteKind;
  /** Garment group; labels of different groups are never compared. */
  group: string;
  system: string;
  department: string;
  brand: string;
  label: string;
  /** ms since 1970. */
  time: number;
  /** The event behind it. */
  messageId: string;
}

/** All size votes of a fold, newest first: kept order lines, and signals. */
export function sizeVotes(fold: Fold): SizeVote[] {
  const votes = Object.values(fold.orders ?? {}).flatMap(orderVotes);
  for (const { t, i, v } of Object.values(fold.signals ?? {})) {
    const vote = voteOf(v.kind, v.product, t, i);
    if (vote) votes.push(vote);
  }
  return votes.sort(
    (a, b) => b.time - a.time || compareText(b.messageId, a.messageId) || compareText(a.label, b.label),
  );
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Returned lines cancel their vote; several sizes of one article count only when one of them is left. */
function orderVotes(order: OrderFold): SizeVote[] {
  const { first } = order;
  const kept = keptLines(order);
  return kept.flatMap((line) => {
    const alone = !kept.some((other) => isOtherSize(line, other));
    const vote = alone && !line.product.gift && voteOf("kept", line.product, first!.t, first!.i);
    return vote || [];
  });
}

function isOtherSize(a: OrderLine, b: OrderLine): boolean {
  return a.product.id === b.product.id && a.product.size !== b.product.size;
}

function voteOf(
  kind: VoteKind,
  product: Partial<Product>,
  time: number,
  messageId: string,
): SizeVote | undefined {
  const { size, sizeSystem, department = "", brand = "" } = product;
  const group = product.sizeGroup ?? product.category;
  if (!size || !sizeSystem || !group) return undefined;
  return { kind, group, system: sizeSystem, department, brand, label: normalLabel(size), time, messageId };
}

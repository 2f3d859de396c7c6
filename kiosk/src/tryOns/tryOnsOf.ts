import type { TryOnEvent } from "@vitrine/core";
import type { Article } from "../looks/look.ts";
import type { Mirror, Session } from "../session/session.ts";

/** An event, and the session it belongs to. */
export interface Happened {
  session: Session;
  event: TryOnEvent;
}

/** What happened between two states of the mirror. Pure: each change is told once, in the order of a session. */
export function tryOnsOf(before: Mirror, after: Mirror): Happened[] {
  const [old, session] = [sessionOf(before), sessionOf(after)];
  if (!session) return [];
  const isNew = old?.id !== session.id;
  const known = isNew ? [] : old.looks;
  const events: TryOnEvent[] = isNew ? [{ name: "Mirror Session Started" }] : [];
  for (const [at, { id, article }] of session.looks.entries()) {
    const look = known.find((one) => one.id === id);
    if (!look) events.push({ name: "Look Recorded", look: at + 1 });
    if (article && (!look?.article || triedSku(look.article) !== triedSku(article)))
      events.push({ name: "Product Tried On", sku: triedSku(article) });
  }
  if (after.kind === "ended" && before.kind !== "ended")
    events.push({ name: "Mirror Session Ended", reason: after.why, looks: session.looks.length });
  return events.map((event) => ({ session, event }));
}

/** The very piece, where its label said which size it is. */
const triedSku = ({ sku, sizeSku = sku }: Article): string => sizeSku;

const sessionOf = (mirror: Mirror): Session | undefined =>
  mirror.kind === "idle" || mirror.kind === "hello" ? undefined : mirror.session;

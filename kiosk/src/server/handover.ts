import type { Look } from "../looks/look.ts";
import type { ClipStore } from "../clips/clipStore.ts";
import { sealHandOff } from "../clips/handOff.ts";
import { bodyOf, type Server } from "./server.ts";

/** What the phone's page is told of a look. */
export type LookDetails = Pick<Look, "id" | "turn" | "article">;

/** Where taking home stands. */
export type Handover =
  | { state: "sending"; percent: number }
  | { state: "ready"; url: string }
  | { state: "failed" };

/**
 * Seals looks for one phone and sends the ciphertext. The key goes into the link's fragment alone, which no server sees.
 * @returns how to stop; what was sent by then is deleted, unless it was all: then her phone may be fetching it
 */
export function handOver(
  server: Server,
  store: ClipStore,
  looks: Look[],
  tell: (handover: Handover) => void,
): () => void {
  let id: string | undefined;
  let isOver = false;
  const remove = () => id && void server.ask("DELETE", `handoffs/${id}`);
  const send = async () => {
    tell({ state: "sending", percent: 0 });
    const { parts, fragment } = await sealHandOff(
      await Promise.all(
        looks.map(async ({ clip: { seal, mimeType }, id: look, article, turn }) => {
          const details: LookDetails = { id: look, turn, ...(article && { article }) };
          return { seal, mimeType, chunks: await store.read(seal.id), details };
        }),
      ),
    );
    const made = bodyOf(
      await server.ask("POST", "handoffs", { parts: parts.map(({ length }) => ({ bytes: length })) }),
    );
    if (typeof made?.["id"] !== "string" || typeof made["url"] !== "string") return tell({ state: "failed" });
    id = made["id"];
    for (const [at, part] of parts.entries()) {
      if (isOver) return remove();
      const answer = await server.ask("PUT", `handoffs/${id}/parts/${at}`, part);
      if (!answer || answer.status >= 300) {
        remove();
        return tell({ state: "failed" });
      }
      tell({ state: "sending", percent: Math.round(((at + 1) / parts.length) * 100) });
    }
    if (!isOver) tell({ state: "ready", url: `${made["url"]}#${fragment}` });
  };
  send().catch(() => {
    remove();
    if (!isOver) tell({ state: "failed" });
  });
  return () => {
    isOver = true;
  };
}

import type { Note } from "./checkDelivery.ts";

/** Events that a page creates: `count` of them with the ids `page.from` …, `perTask` in each task of the page. */
export interface Load {
  page: string;
  count: number;
  from?: number;
  perTask?: number;
  /** Pause between tasks. */
  everyMs?: number;
  /** Characters of ballast in each. */
  bytes?: number;
  /** Every so many-th is an order, which has a transaction of its own. */
  orderEvery?: number;
  /** Leaves for another address, so long after the last one. */
  leave?: { url: string; afterMs: number };
}

declare global {
  interface Window {
    /** Writes down outside the fault what the page was promised. */
    note?: (notes: Note[]) => void;
    /** Writes down which events the page handed in. */
    noteCalls?: (ids: string[]) => void;
  }
}

/** Creates events; runs in the page, so it takes nothing from this file. Resolves once all are handed in. */
export async function generate(load: Load): Promise<void> {
  const { page, count, from = 0, perTask = 10, everyMs = 0, bytes = 0, orderEvery = 0, leave } = load;
  let told: Note[] = [];
  const tell = (note: Note) => {
    // What one transaction made safe is one message.
    if (!told.length)
      queueMicrotask(() => {
        window.note!(told);
        told = [];
      });
    told.push(note);
  };
  const ballast = bytes ? { ballast: "x".repeat(bytes) } : {};
  const end = from + count;
  for (let at = from; at < end; at += perTask) {
    const ids: string[] = [];
    for (let ordinal = at; ordinal < Math.min(end, at + perTask); ordinal++) {
      const id = `${page}.${ordinal}`;
      const isOrder = orderEvery > 0 && ordinal % orderEvery === orderEvery - 1;
      const name = isOrder ? "Order Completed" : "Step Done";
      const facts = { id, ...ballast, ...(isOrder ? { order_id: `order-${id}` } : {}) };
      ids.push(id);
      void window.vitrine
        .track(name, facts)
        .then(({ status, messageId, reason }) => tell({ level: status, id, messageId, reason }));
    }
    window.noteCalls!(ids);
    if (at + perTask < end) await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  if (leave?.afterMs) setTimeout(() => location.assign(leave.url), leave.afterMs);
  else if (leave) location.assign(leave.url);
}

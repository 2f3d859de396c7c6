import { createContext, type Context } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import { apiBase, ask } from "./client.ts";
import type { LiveEvent, Page } from "./types.ts";

/** Events kept on the page; older ones are in the customers' timelines. */
const MAX_EVENTS = 300;

/** How the live connection stands. */
export type FeedState = "connecting" | "live" | "broken";

/** What arrives without asking: the newest events, word of new rules, and how many shoppers wait for the staff. */
export interface LiveFeed {
  readonly state: FeedState;
  /** Newest first. */
  readonly events: readonly LiveEvent[];
  /** The newest published version heard of, 0 before one was. */
  readonly rulesVersion: number;
  readonly openRequests: number;
  /** Counts up whenever the list of requests may have changed. */
  readonly requestsTurn: number;
  /** False until the first list was read. */
  readonly isRead: boolean;
  onChange(listener: () => void): () => void;
  close(): void;
}

/**
 * Opens the stream. The browser reconnects by itself and says which event it saw last; the list is read again with
 * each connection, since more may have happened than the server keeps for a resume.
 */
export function openLiveFeed(): LiveFeed {
  const listeners = new Set<() => void>();
  const feed = {
    state: "connecting" as FeedState,
    events: [] as LiveEvent[],
    rulesVersion: 0,
    openRequests: 0,
    requestsTurn: 0,
    isRead: false,
  };
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const take = (newer: readonly LiveEvent[]) => {
    const known = new Set(feed.events.map(({ cursor }) => cursor));
    const fresh = newer.filter(({ cursor }) => !known.has(cursor));
    if (fresh.length > 0) {
      feed.events = [...fresh, ...feed.events]
        .sort((a, b) => Number(b.cursor) - Number(a.cursor))
        .slice(0, MAX_EVENTS);
    }
    changed();
  };
  const readList = async () => {
    try {
      const { items } = await ask<Page<LiveEvent>>("GET", "/events?limit=100");
      feed.isRead = true;
      take(items);
    } catch {
      changed(); // unreachable or signed out: the next connection reads it
    }
  };
  const source = new EventSource(`${apiBase()}/stream`);
  source.addEventListener("open", () => {
    feed.state = "live";
    // Told anew with each connection, unless there are none.
    feed.openRequests = 0;
    feed.requestsTurn++;
    changed();
    void readList();
  });
  source.addEventListener("error", () => {
    feed.state = source.readyState === EventSource.CLOSED ? "broken" : "connecting";
    changed();
  });
  source.addEventListener("event", ({ data }: MessageEvent<string>) => take([JSON.parse(data) as LiveEvent]));
  source.addEventListener("rules", ({ data }: MessageEvent<string>) => {
    feed.rulesVersion = (JSON.parse(data) as { version: number }).version;
    changed();
  });
  source.addEventListener("requests", ({ data }: MessageEvent<string>) => {
    feed.openRequests = (JSON.parse(data) as { open: number }).open;
    feed.requestsTurn++;
    changed();
  });
  return Object.assign(feed, {
    onChange(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => source.close(),
  });
}

/** The feed of the page's one connection. */
export const LiveContext: Context<LiveFeed | undefined> = createContext<LiveFeed | undefined>(undefined);

/** Follows the feed; the component is drawn again with each change, at most once a frame. */
export function useLive(): LiveFeed {
  const feed = useContext(LiveContext)!;
  const [, redraw] = useState(0);
  useEffect(() => {
    let frame = 0;
    const drawSoon = () => {
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        redraw((n) => n + 1);
      });
    };
    const stop = feed.onChange(drawSoon);
    drawSoon(); // effects run after the first frame: the feed may have changed since
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, [feed]);
  return feed;
}

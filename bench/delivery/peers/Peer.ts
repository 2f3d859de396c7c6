/** An event as it stands in a request. */
export interface Arrival {
  /** The id that the library gave it, by which its own servers know repeats. */
  id: string;
  /** Its number; undefined for what the library or the page sent besides. */
  n: number | undefined;
}

/** A library under test: how a page loads it, and how its requests read. */
export interface Peer {
  /** As the table names it. */
  name: string;
  version: string;
  /** Its settings as its documentation names them. The page is written with just these; `ADDRESS` stands for the server. */
  settings: Record<string, unknown>;
  /** Why these are its most durable ones. */
  why: string;
  /** Files that its page loads, by path. */
  scripts: Record<string, string>;
  /** The head of the page: loads the library and defines `window.subject`. @param server origin of the recording server */
  head: (server: string) => string;
  /** The events of a request; none for requests of other kinds. */
  readEvents: (path: string, body: string) => Arrival[];
  /** What its servers answer when they took a request. */
  success: unknown;
}

/** What the head of a page leaves for the bench: the same three verbs for every library. */
export interface Subject {
  /** Settles when the library is started. */
  ready: () => unknown;
  /** Tracks the event of a number. */
  track: (n: number) => unknown;
  /** Makes a call without a number, as a shopper who goes on. */
  goOn: () => unknown;
}

/** Stands in settings for the address that is known only when the server runs. */
export const ADDRESS = "ADDRESS";

/** Settings as they go into a page. */
export function writeSettings(settings: unknown, address: string): string {
  return JSON.stringify(settings).replaceAll(ADDRESS, address);
}

/** Reads JSON that may be of any shape; what is none counts as empty. */
export function readJson<T>(text: string): Partial<T> {
  try {
    return (JSON.parse(text) as Partial<T> | null) ?? {};
  } catch {
    return {};
  }
}

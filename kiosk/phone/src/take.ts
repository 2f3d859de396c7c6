import {
  finishHandoff,
  openHandoff,
  readPart,
  TakeError,
  type Network,
  type Opened,
} from "./handoffClient.ts";
import { LIST_MARK, type HandedList } from "@vitrine/kiosk/clips";
import type { LookDetails } from "@vitrine/kiosk/looks";
import type { Look } from "./Look.ts";
import { isKey, openList, openManifest, SealError } from "./openSealed.ts";

/** How the taking stands. */
export type TakeState =
  /** Nothing was asked for yet; a tap opens. */
  | { kind: "ready" }
  /** The link came without its key. */
  | { kind: "no_key" }
  | { kind: "opening" }
  /** Bytes that are here, of all. */
  | { kind: "reading"; have: number; bytes: number }
  /** `until`: when the server's copy goes, ms since 1970. */
  | { kind: "here"; looks: Look[]; until: number }
  | { kind: "list"; list: HandedList; until: number }
  /** `deleted`: on her word. `broken`: what came is not what the mirror sealed. `offline`: may be tried again. */
  | { kind: "ended"; why: "gone" | "deleted" | "deletedList" | "broken" }
  | { kind: "stopped"; why: "offline" | "not_ready" };

/** What the page is given. */
export interface TakeOptions extends Network {
  /** Origin and prefix of the server. */
  api: string;
  token: string;
  /** Of the link: the key, which no browser sends. */
  fragment: string;
  /** Of this tab: a reload opens the same link again. */
  storage: Pick<Storage, "getItem" | "setItem" | "removeItem">;
  /** Takes the key out of the address. */
  forget: () => void;
}

/** The looks on their way to this phone. */
export interface Take {
  readonly state: TakeState;
  /** What the link opens, as its mark says. */
  readonly what: "looks" | "list";
  onChange(listener: () => void): () => void;
  /** Opens the link and reads all of it; on a tap only, since it works once. */
  open(): Promise<void>;
  /** Shreds the server's copy and forgets this phone's. */
  remove(): Promise<void>;
}

const ATTEMPT_BYTES = 24;

/** Creates it; nothing is asked of the server before {@link Take.open}. */
export function createTake(options: TakeOptions): Take {
  const { api, token, storage, forget } = options;
  const isList = options.fragment.endsWith(LIST_MARK);
  const fragment = isList ? options.fragment.slice(0, -LIST_MARK.length) : options.fragment;
  const listeners = new Set<() => void>();
  let state: TakeState = isKey(fragment) ? { kind: "ready" } : { kind: "no_key" };
  let opened: Opened | undefined;
  /** Parts that are here whole: a try after a break goes on behind them. */
  let parts: Blob[] = [];
  const become = (next: TakeState) => {
    state = next;
    for (const listener of listeners) listener();
  };

  const readAll = async ({ id, capability, until, ...all }: Opened): Promise<void> => {
    const bytes = all.parts.reduce((sum, part) => sum + part.bytes, 0);
    let have = parts.reduce((sum, { size }) => sum + size, 0);
    become({ kind: "reading", have, bytes });
    for (const part of all.parts.slice(parts.length)) {
      const url = `${api}/handoffs/${encodeURIComponent(id)}/parts/${parts.length}`;
      const read = await readPart(options, { url, capability, bytes: part.bytes }, (count) =>
        become({ kind: "reading", have: (have += count), bytes }),
      );
      parts.push(read);
    }
    const [list, ...films] = parts;
    if (isList) return become({ kind: "list", list: await openList(list!, fragment), until });
    const manifest = await openManifest<LookDetails>(list!, fragment);
    if (manifest.length !== films.length) throw new SealError("broken", "The list and the looks differ.");
    const looks = manifest.map((look, index): Look => ({ ...look, index, part: films[index]! }));
    become({ kind: "here", looks, until });
  };

  return {
    get state() {
      return state;
    },
    what: isList ? "list" : "looks",
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async open() {
      if (state.kind !== "ready" && state.kind !== "stopped") return;
      become({ kind: "opening" });
      try {
        const url = `${api}/handoffs/${encodeURIComponent(token)}/open`;
        opened = await openHandoff(options, url, attemptOf(storage, token));
        await readAll(opened);
      } catch (error) {
        become(endOf(error));
      }
    },
    async remove() {
      const { id, capability } = opened ?? {};
      if (id !== undefined && capability !== undefined)
        await finishHandoff(options, `${api}/handoffs/${encodeURIComponent(id)}/done`, capability);
      opened = undefined;
      parts = [];
      storage.removeItem(token);
      forget();
      become({ kind: "ended", why: isList ? "deletedList" : "deleted" });
    },
  };
}

/** This tab's secret for this link: a page that was reloaded, or whose answer was lost, is still the one that opened it. */
function attemptOf(storage: TakeOptions["storage"], token: string): string {
  const known = storage.getItem(token);
  if (known !== null) return known;
  const bytes = crypto.getRandomValues(new Uint8Array(ATTEMPT_BYTES));
  const attempt = btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_");
  storage.setItem(token, attempt);
  return attempt;
}

function endOf(error: unknown): TakeState {
  if (error instanceof TakeError)
    return error.code === "gone" ? { kind: "ended", why: "gone" } : { kind: "stopped", why: error.code };
  if (error instanceof SealError || error instanceof SyntaxError) return { kind: "ended", why: "broken" };
  throw error;
}

import { join } from "node:path";
import type { CallAnswer } from "@vitrine/kiosk/shell";
import type { Fetch } from "../askServer.ts";
import type { Kiosk } from "../kiosk.ts";
import { openKeptCatalogue, readArticles, type KeptArticle } from "./keptCatalogue.ts";
import { openKeptPictures, type Picture } from "./keptPictures.ts";

/** The shop's catalogue on this machine: what a kiosk shows also without a network. */
export interface Catalogue {
  /** The kiosk, whose question for an article is answered from here where the server does not answer. */
  kiosk: Kiosk;
  /** Answers a path of a picture. */
  picture(path: string): Promise<Picture | undefined>;
  /** Asks for the catalogue when it is time to; to be called a few times a minute. Never rejects. */
  refresh(): Promise<void>;
}

/** What a catalogue is made with. */
export interface CatalogueOptions {
  kiosk: Kiosk;
  folder: string;
  /** Without the kiosk's key: pictures are public. */
  fetch: Fetch;
  /** ms since 1970. */
  now: () => number;
  /** How long a shopper waits for the server where something is kept. */
  waitMs?: number;
}

/** How old a catalogue may become while the server can be reached. */
export const FRESH_MS = 15 * 60_000;

/** A larger catalogue is kept as far as this; a box reads it in at each start. */
const MAX_ARTICLES = 5_000;

const WAIT_MS = 2_500;

const FIND_PATH = /^\/v1\/kiosk\/articles\?code=([\w.~%-]+)$/;

/** Opens what is kept, for the kiosk at hand. */
export function createCatalogue({
  kiosk,
  folder,
  fetch,
  now,
  waitMs = WAIT_MS,
}: CatalogueOptions): Catalogue {
  const kept = openKeptCatalogue(join(folder, "catalogue.json"));
  const pictures = openKeptPictures({
    folder: join(folder, "pictures"),
    fetch,
    isAllowed: (url) => isShops(url, kiosk),
  });
  const withPicture = (answer: CallAnswer): CallAnswer => {
    const body = answer.body as { article?: KeptArticle["article"] } | undefined;
    const url = body?.article?.image_url;
    if (answer.status !== 200 || typeof url !== "string") return answer;
    return { ...answer, body: { ...body, article: { ...body!.article, picture: pictures.pathOf(url) } } };
  };
  const keptAnswer = (code: string): CallAnswer | undefined => {
    const found = kept.find(code);
    return found && { status: 200, body: { ...found, kept_at: kept.at() } };
  };
  const find = async (path: string, code: string): Promise<CallAnswer> => {
    const asked = kiosk.call("GET", path);
    const instead = keptAnswer(code);
    if (!instead) return asked;
    const answer = await Promise.race([asked, after(waitMs)]);
    return answer && answer.status !== 0 && answer.status < 500 ? answer : instead;
  };
  const due = () => kept.at() === undefined || Math.abs(now() - kept.at()!) >= FRESH_MS;
  const refresh = async (): Promise<void> => {
    if (!kiosk.identity() || !due()) return;
    const at = now();
    const articles = await listAll(kiosk);
    if (!articles) return;
    kept.replace(articles, at);
    await pictures.keepOnly(articles.flatMap(({ article }) => article.image_url ?? []));
  };
  let refreshing: Promise<void> | undefined;
  return {
    kiosk: {
      ...kiosk,
      async call(method, path, body) {
        const code = method === "GET" ? FIND_PATH.exec(path)?.[1] : undefined;
        return code === undefined
          ? kiosk.call(method, path, body)
          : withPicture(await find(path, decodeURIComponent(code)));
      },
    },
    picture: (path) => pictures.read(path),
    refresh: () =>
      (refreshing ??= refresh()
        // A disk that is full or read-only costs pictures; what is in memory stands.
        .catch(() => undefined)
        .finally(() => (refreshing = undefined))),
  };
}

/** All pages of the list, or nothing: half a catalogue would say that the other half is unknown. */
async function listAll(kiosk: Kiosk): Promise<KeptArticle[] | undefined> {
  const all: KeptArticle[] = [];
  for (let next: unknown = ""; typeof next === "string" && all.length < MAX_ARTICLES;) {
    const path = `/v1/kiosk/catalogue?after=${encodeURIComponent(next)}`;
    const { status, body } = await kiosk.call("GET", path);
    if (status !== 200) return undefined;
    const page = body as { items?: unknown; next?: unknown };
    all.push(...readArticles(page.items));
    next = page.next;
  }
  return all;
}

/** As with the page's own policy: the server, and the shop. */
function isShops(url: string, kiosk: Kiosk): boolean {
  const identity = kiosk.identity();
  if (!identity || !/^https?:\/\//.test(url)) return false;
  try {
    const { origin } = new URL(url);
    return origin === identity.endpoint || origin === new URL(identity.shopUrl).origin;
  } catch {
    return false;
  }
}

const after = (ms: number) => new Promise<undefined>((resolve) => setTimeout(resolve, ms));

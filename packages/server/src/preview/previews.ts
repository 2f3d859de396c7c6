import { createHash } from "node:crypto";
import type { Fold } from "@vitrine/core";
import type { RulesContent } from "../rules/parseRules.ts";
import type { Services } from "../services.ts";

/** How long a preview can be opened: long enough to fetch a phone. */
export const PREVIEW_LIFE_MS: number = 10 * 60_000;

/** Previews kept at most; the oldest goes first. A merchant who types makes one a minute at most. */
const MAX_PREVIEWS = 200;

/** A draft that somebody looks at in the shop's own page, as some visitor. */
export interface Preview {
  siteId: string;
  content: RulesContent;
  /** Origin of the console that asked for it, which alone may hear what is picked in the page. */
  console: string;
  /** What is known of the visitor; it stays on the server. */
  fold: Fold;
  /** Whose clock stands for the visitor's own. */
  timeZone: string;
  /** ms since 1970. */
  expiresAt: number;
}

/** The previews of a server, in memory alone: a restart ends them. */
export interface Previews {
  /** @returns the token that opens it; only its hash is kept. */
  create(preview: Omit<Preview, "expiresAt">): { token: string; expiresAt: number };
  /** Undefined once its time is over. */
  find(token: string): Preview | undefined;
}

/** Creates the previews of a server. */
export function createPreviews({ clock, random }: Pick<Services, "clock" | "random">): Previews {
  const previews = new Map<string, Preview>();
  return {
    create(preview) {
      const token = random(32).toString("base64url");
      const expiresAt = clock() + PREVIEW_LIFE_MS;
      if (previews.size >= MAX_PREVIEWS) previews.delete(previews.keys().next().value!);
      previews.set(hashOf(token), { ...preview, expiresAt });
      return { token, expiresAt };
    },
    find(token) {
      const found = previews.get(hashOf(token));
      if (!found || found.expiresAt > clock()) return found;
      previews.delete(hashOf(token));
      return undefined;
    },
  };
}

const hashOf = (token: string): string => createHash("sha256").update(token).digest("base64url");

const known = new WeakMap<Services, Previews>();

/** The previews of a running server; made at first use. */
export function previewsOf(services: Services): Previews {
  let previews = known.get(services);
  if (!previews) known.set(services, (previews = createPreviews(services)));
  return previews;
}

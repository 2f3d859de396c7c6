import type { Config } from "@vitrine/browser";
import type { Article } from "./Article.ts";

/** What the server puts into the page for the script: data, in an element of this id. */
export interface PageState {
  articles: readonly Article[];
  config: Pick<Config, "site" | "endpoint" | "rulesKey">;
}

export const STATE_ID = "app-state";

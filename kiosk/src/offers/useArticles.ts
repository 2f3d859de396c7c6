import type { Product } from "@vitrine/core";
import { useEffect, useState } from "preact/hooks";
import type { Article } from "../looks/look.ts";
import { findArticle } from "../server/articles.ts";
import type { Server } from "../server/server.ts";

/** Articles of the shop's catalogue by the ids of products; those it does not know are not in it. */
export type Articles = ReadonlyMap<string, Article>;

/** Looks up what the catalogue says today of products that a profile names. */
export function useArticles(server: Server, products: readonly Product[]): Articles {
  const [articles, setArticles] = useState<Articles>(new Map());
  const ids = [...new Set(products.map(({ id }) => id))].sort().join("\n");
  useEffect(() => {
    let isOver = false;
    for (const id of ids.split("\n").filter(Boolean))
      void findArticle(server, id).then((found) => {
        if (found.state === "found" && !isOver) setArticles((known) => new Map(known).set(id, found.article));
        return undefined;
      });
    return () => void (isOver = true);
  }, [server, ids]);
  return articles;
}

import { sealList, type HandOff } from "../clips/handOff.ts";
import type { ListedArticle } from "../clips/handedList.ts";
import type { Article } from "../looks/look.ts";
import { handedArticle } from "../looks/lookDetails.ts";
import type { Make } from "../server/handover.ts";
import { smallPicture } from "./smallPicture.ts";

/** Seals the list of what she scanned, with small pictures of it. */
export function sealTried(store: string, tried: readonly Article[]): Make {
  return async (say, stop): Promise<HandOff | undefined> => {
    const articles: ListedArticle[] = [];
    for (const article of tried) {
      articles.push(await listed(article));
      if (stop.aborted) return undefined;
      say(articles.length / tried.length);
    }
    return sealList({ store, articles });
  };
}

async function listed(article: Article): Promise<ListedArticle> {
  const { price, currency, url, picture: kept, image_url: image } = article;
  const source = kept ?? image;
  const picture = source === undefined ? undefined : await smallPicture(source);
  return {
    ...handedArticle(article),
    ...(price !== undefined && { price }),
    ...(currency !== undefined && { currency }),
    ...(url !== undefined && { url }),
    ...(picture !== undefined && { picture }),
  };
}

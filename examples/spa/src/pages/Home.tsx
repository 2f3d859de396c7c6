import { Slot } from "@vitrine/preact";
import type { Article } from "../Article.ts";
import { ArticleCard } from "../ArticleCard.tsx";

/** The first view: what the shop says to everyone, unless a rule knows better. */
export function Home({ articles }: { articles: readonly Article[] }) {
  return (
    <>
      <Slot placement="home-hero" class="hero">
        <h1>Clothes for most of your days</h1>
        <p>Linen that has been washed before you wear it, and wool you can sit down in.</p>
        <p>
          <a class="button" href="/app/c/skirts">
            Start with skirts
          </a>
        </p>
      </Slot>
      <h2>New in</h2>
      <ul class="grid">
        {articles.slice(0, 8).map((article) => (
          <ArticleCard key={article.model} {...article} />
        ))}
      </ul>
    </>
  );
}

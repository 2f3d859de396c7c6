import { useEffect } from "preact/hooks";
import { useVitrine } from "@vitrine/preact";
import { propertiesOf, type Article } from "../Article.ts";
import { ArticleCard } from "../ArticleCard.tsx";

/** The articles of a department. */
export function Listing({ category, articles }: { category: string; articles: readonly Article[] }) {
  const vitrine = useVitrine();
  const shown = articles.filter((article) => article.category === category);
  useEffect(() => {
    const products = shown.map(propertiesOf);
    void vitrine?.track("Product List Viewed", { category, url: `/app/c/${category}`, products });
  }, [category]);
  return (
    <>
      <h1 class="capital">{category}</h1>
      <ul class="grid">
        {shown.map((article) => (
          <ArticleCard key={article.model} {...article} />
        ))}
      </ul>
    </>
  );
}

import { useEffect } from "preact/hooks";
import { Slot, useVitrine } from "@vitrine/preact";
import { dollars, propertiesOf, type Article } from "../Article.ts";
import { useCart, type Line } from "../cart.ts";

/** What is in the bag. */
export function CartPage({ articles }: { articles: readonly Article[] }) {
  const vitrine = useVitrine();
  const { lines, add } = useCart();
  const known = lines.flatMap((line) => {
    const article = articles.find(({ model }) => model === line.model);
    return article ? [{ line, article }] : [];
  });
  useEffect(() => {
    const products = known.map(({ line, article }) => ({ ...propertiesOf(article), ...partsOf(line) }));
    if (products[0]) void vitrine?.track("Cart Viewed", { products });
  }, [lines.length > 0]);

  const remove = (line: Line, article: Article) => {
    add(line.model, line.size, -line.quantity);
    void vitrine?.track("Product Removed", { ...propertiesOf(article), ...partsOf(line) });
  };
  return (
    <>
      <h1>Your bag</h1>
      <Slot placement="cart-note" />
      {known.length === 0 && <p>It is empty.</p>}
      <ul class="lines">
        {known.map(({ line, article }) => (
          <li key={line.model + line.size}>
            <a href={`/app/p/${line.model}`}>{article.name}</a>
            <span>
              {line.size} · {line.quantity} × {dollars(article.price)}
            </span>
            <button type="button" onClick={() => remove(line, article)}>
              Remove
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

const partsOf = ({ size, quantity }: Line) => ({ size, quantity });

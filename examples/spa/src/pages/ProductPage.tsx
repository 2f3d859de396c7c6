import { useEffect, useState } from "preact/hooks";
import { Slot, useVitrine } from "@vitrine/preact";
import { dollars, propertiesOf, type Article } from "../Article.ts";
import { useCart } from "../cart.ts";

/** One article, with its sizes and the way into the cart. */
export function ProductPage({ article }: { article: Article }) {
  const { model, name, brand, price, description, sizes } = article;
  const vitrine = useVitrine();
  const { add } = useCart();
  const [size, setSize] = useState("");
  const [isAdded, setAdded] = useState(false);
  useEffect(() => void vitrine?.track("Product Viewed", propertiesOf(article)), [model]);

  const buy = (event: Event) => {
    event.preventDefault();
    add(model, size, 1);
    void vitrine?.track("Product Added", { ...propertiesOf(article), size, quantity: 1 });
    setAdded(true);
  };
  return (
    <article class="product">
      <img src={`/images/${model}.svg`} width="600" height="750" alt={name} />
      <form onSubmit={buy}>
        <p class="brand">{brand}</p>
        <h1>{name}</h1>
        <p>{dollars(price)}</p>
        <p>{description}</p>
        <label>
          Size{" "}
          <select required value={size} onChange={({ currentTarget }) => setSize(currentTarget.value)}>
            <option value="">Choose</option>
            {sizes.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
        <button class="button">Add to bag</button>
        <p role="status">{isAdded ? <a href="/app/cart">It is in your bag.</a> : ""}</p>
        <Slot placement="pdp-note" />
      </form>
    </article>
  );
}

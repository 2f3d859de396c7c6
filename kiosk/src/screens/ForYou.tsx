import type { Product } from "@vitrine/core";
import type { Article } from "../looks/look.ts";
import { useArticles } from "../offers/useArticles.ts";
import { useStrings } from "../strings/languages.ts";
import { Button } from "../ui/Button.tsx";
import { money } from "../ui/money.ts";
import { Panel } from "../ui/Panel.tsx";
import type { ScreenProps } from "./props.ts";

/** What the shop's rules show a shopper of what her phone lent, and why. A touch leads to the garment: sizes, stock, "bring me this". */
export function ForYou({ send, server, offers }: ScreenProps) {
  const words = useStrings();
  const articles = useArticles(
    server,
    offers.flatMap(({ outcome }) => outcome.items),
  );
  return (
    <Panel title={words.forYou} wide>
      <p class="lead">{offers.length > 0 ? words.forYouText : words.forYouNothing}</p>
      {offers.map(({ placement, because, outcome: { title, text, list, items } }) => (
        <section key={placement} class="offer">
          <h2>{title ?? words.offerTitles[list]}</h2>
          {text && <p>{text}</p>}
          {because && <p class="because">{because}</p>}
          <ul>
            {items.map((product) => (
              <Item
                key={`${product.id} ${product.size}`}
                product={product}
                article={articles.get(product.id)}
                hint={list === "usualSize" ? words.yourSize : undefined}
                onPress={(number) => send({ type: "scanned", scan: { kind: "offered", number } })}
              />
            ))}
          </ul>
        </section>
      ))}
      <div class="actions">
        <Button kind="main" onPress={() => send({ type: "go", place: "mirror" })}>
          {words.mirror}
        </Button>
      </div>
    </Panel>
  );
}

/** A garment; one that the shop's catalogue does not know leads nowhere. */
function Item(props: {
  product: Product;
  article: Article | undefined;
  hint: string | undefined;
  onPress: (number: string) => void;
}) {
  const { tag } = useStrings();
  const { product, article, hint, onPress } = props;
  const image = article?.picture ?? article?.image_url ?? product.image;
  const [price, currency] =
    article?.price === undefined ? [product.price, product.currency] : [article.price, article.currency];
  return (
    <li>
      <button type="button" disabled={!article} onClick={() => article && onPress(article.sku)}>
        <span class="shot">{image && <img src={image} alt="" />}</span>
        <span class="name">{article?.name ?? product.name ?? product.id}</span>
        {price !== undefined && <span class="price">{money(price, currency, tag)}</span>}
        {product.size && (
          <span class="size">
            {product.size}
            {hint && <em> {hint}</em>}
          </span>
        )}
      </button>
    </li>
  );
}

import { useEffect } from "preact/hooks";
import type { Vitrine } from "@vitrine/browser";
import { Provider, type HandOff } from "@vitrine/preact";
import type { Article } from "./Article.ts";
import { CartContext, useKeptCart } from "./cart.ts";
import { ConsentBanner } from "./ConsentBanner.tsx";
import { CartPage } from "./pages/CartPage.tsx";
import { Home } from "./pages/Home.tsx";
import { Listing } from "./pages/Listing.tsx";
import { ProductPage } from "./pages/ProductPage.tsx";
import { routeOf } from "./routeOf.ts";
import { usePath } from "./usePath.ts";

/** What the server and the page start from: the same, so that they render the same. */
export interface AppProps {
  path: string;
  articles: readonly Article[];
  handOff: HandOff;
  /** The SDK; not on the server. */
  vitrine?: Vitrine;
}

/** The whole app. */
export function App({ path, articles, handOff, vitrine }: AppProps) {
  return (
    <Provider vitrine={vitrine} handOff={handOff} language="en-US">
      <Views first={path} articles={articles} />
    </Provider>
  );
}

function Views({ first, articles }: { first: string; articles: readonly Article[] }) {
  const path = usePath(first);
  const cart = useKeptCart();
  useEffect(() => void (document.title = titleOf(path, articles)), [path]);
  const categories = [...new Set(articles.map(({ category }) => category))];
  const pieces = cart.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  return (
    <CartContext.Provider value={cart}>
      <header>
        <a class="wordmark" href="/app/">
          Halden Row, the app
        </a>
        <nav aria-label="Departments">
          {categories.map((category) => (
            <a key={category} class="capital" href={`/app/c/${category}`}>
              {category}
            </a>
          ))}
        </nav>
        <a href="/app/cart">Bag {pieces}</a>
      </header>
      <main tabIndex={-1}>
        <View path={path} articles={articles} />
      </main>
      <ConsentBanner />
    </CartContext.Provider>
  );
}

function View({ path, articles }: { path: string; articles: readonly Article[] }) {
  const route = routeOf(path);
  if (route.name === "home") return <Home articles={articles} />;
  if (route.name === "listing") return <Listing key={path} category={route.category} articles={articles} />;
  if (route.name === "cart") return <CartPage articles={articles} />;
  const article = route.name === "product" && articles.find(({ model }) => model === route.model);
  return article ? <ProductPage key={path} article={article} /> : <h1>There is no such page</h1>;
}

/** The title of a view. */
export function titleOf(path: string, articles: readonly Article[]): string {
  const route = routeOf(path);
  const article = route.name === "product" && articles.find(({ model }) => model === route.model);
  const what = article ? article.name : route.name === "listing" ? route.category : route.name;
  return `${what} — Halden Row, the app`;
}

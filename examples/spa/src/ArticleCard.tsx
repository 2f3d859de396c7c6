import { dollars, type Article } from "./Article.ts";

/** An article in a list. */
export function ArticleCard({ model, name, brand, price }: Article) {
  return (
    <li>
      <a class="card" href={`/app/p/${model}`}>
        <img src={`/images/${model}.svg`} width="300" height="375" alt="" />
        <span class="brand">{brand}</span>
        <span>{name}</span>
        <span>{dollars(price)}</span>
      </a>
    </li>
  );
}

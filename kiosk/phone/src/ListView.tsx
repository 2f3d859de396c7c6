import { fromBase64Url, type HandedList, type ListedArticle } from "@vitrine/kiosk/clips";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Leaves } from "./Leaves.tsx";
import { RemoveBar } from "./RemoveBar.tsx";
import { listText } from "./listText.ts";
import { strings } from "./strings.ts";

const text = strings.list;

/** What she tried on, to be found again. */
export function ListView(props: {
  list: HandedList;
  until: number;
  onRemove: () => Promise<void>;
}): JSX.Element {
  const { list, until, onRemove } = props;
  return (
    <main class="looks">
      <h1>{text.title}</h1>
      <p class="soft">{text.store(list.store)}</p>
      <ul class="garments">
        {list.articles.map((article) => (
          <Garment key={article.sku} article={article} />
        ))}
      </ul>
      <ShareBar list={list} />
      <Leaves until={until} />
      <RemoveBar ask={text.ask} onRemove={onRemove} />
    </main>
  );
}

function Garment({ article }: { article: ListedArticle }): JSX.Element {
  const { name, brand, size, price, currency, sku } = article;
  const picture = usePicture(article.picture);
  const url = /^https?:\/\//.test(article.url ?? "") ? article.url : undefined;
  return (
    <li>
      <span class="shot">{picture && <img src={picture} alt="" />}</span>
      <div>
        <h2>{url ? <a href={url}>{name}</a> : name}</h2>
        {brand && <p class="soft">{brand}</p>}
        <p>
          {size && <span>{strings.looks.size(size)}</span>}
          {price !== undefined && currency && <span>{money(price, currency)}</span>}
        </p>
        <p class="soft">{text.number(sku)}</p>
      </div>
    </li>
  );
}

/** The page loads pictures of its own alone: this one came sealed with the list. */
function usePicture(base64: string | undefined): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const bytes = base64 === undefined ? undefined : fromBase64Url(base64);
    if (!bytes) return undefined;
    const made = URL.createObjectURL(new Blob([bytes], { type: "image/jpeg" }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [base64]);
  return url;
}

/** Shares the list as text; where there is no share sheet, copies it. */
function ShareBar({ list }: { list: HandedList }): JSX.Element {
  const [note, setNote] = useState("");
  const share = async () => {
    const data = { title: text.title, text: listText(list) };
    if (navigator.canShare?.(data)) return navigator.share(data);
    await navigator.clipboard.writeText(data.text);
    setNote(text.copied);
  };
  const press = () =>
    void share().catch((error: unknown) => {
      if ((error as DOMException).name !== "AbortError") setNote(text.notShared);
    });
  return (
    <>
      <button type="button" class="primary wide" onClick={press}>
        {text.share}
      </button>
      <p class="soft" role="status">
        {note}
      </p>
    </>
  );
}

const money = (price: number, currency: string): string =>
  new Intl.NumberFormat(navigator.language, { style: "currency", currency }).format(price);

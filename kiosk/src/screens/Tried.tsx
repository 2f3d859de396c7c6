import type { Article } from "../looks/look.ts";
import { useStrings } from "../strings/languages.ts";
import { Button } from "../ui/Button.tsx";
import { PhoneButton } from "../ui/PhoneButton.tsx";
import { Panel } from "../ui/Panel.tsx";
import type { ScreenProps } from "./props.ts";

/** What she scanned so far; each opens again with its sizes. */
export function Tried({ session, send }: ScreenProps) {
  const words = useStrings();
  const { tried, lease } = session;
  const open = ({ gtin, sku }: Article) =>
    send({ type: "scanned", scan: { kind: "number", number: gtin ?? sku } });
  return (
    <Panel title={tried.length === 0 ? words.helloTitle : words.tried} wide={tried.length > 0}>
      <p class="lead">{tried.length === 0 ? words.helloText : words.scanHint}</p>
      <ul class="shelf">
        {tried.map((article) => (
          <li key={article.sku}>
            <button
              type="button"
              class="poster"
              aria-label={words.triedShow(article.name)}
              onClick={() => open(article)}
            >
              <Picture article={article} />
              <span class="name">
                {article.name} {article.size && <span class="hint">{article.size}</span>}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <div class="actions">
        <Button kind="main" onPress={() => send({ type: "go", place: "article" })}>
          {words.scan}
        </Button>
        <Button disabled={tried.length === 0} onPress={() => send({ type: "go", place: "handover" })}>
          {words.takeList}
        </Button>
        <PhoneButton lease={lease} send={send} />
      </div>
    </Panel>
  );
}

function Picture({ article: { picture, image_url: url } }: { article: Article }) {
  const source = picture ?? url;
  return source ? <img src={source} alt="" /> : null;
}

import { useEffect, useState } from "preact/hooks";
import type { Article } from "../looks/look.ts";
import { usualSizesOf } from "../looks/usualSizesOf.ts";
import { askFor, findArticle, wishOf, type Found, type Size, type Wish } from "../server/articles.ts";
import type { Server } from "../server/server.ts";
import { useStrings } from "../strings/languages.ts";
import { Button } from "../ui/Button.tsx";
import { textOf } from "../ui/textOf.ts";
import { Panel } from "../ui/Panel.tsx";
import type { ScreenProps } from "./props.ts";

/** How often staff's answer is asked for, in ms. */
const ASK_MS = 2000;

/** Finds a garment by its label: held before the camera, or typed. Nothing that stands in a code is ever visited. */
export function Scan({
  session,
  send,
  server,
  scanned,
}: ScreenProps & { server: Server; scanned: string | undefined }) {
  const words = useStrings();
  const [code, setCode] = useState("");
  const [found, setFound] = useState<Found>();
  useEffect(() => {
    if (scanned) setCode(scanned);
  }, [scanned]);
  useEffect(() => {
    if (!code) return undefined;
    let isOver = false;
    setFound(undefined);
    const find = async () => {
      const next = await findArticle(server, code);
      if (!isOver) setFound(next);
    };
    void find();
    return () => void (isOver = true);
  }, [code, server]);
  const newest = session.looks.at(-1);
  const tag = (article: Article) => {
    if (newest) send({ type: "tag", look: newest.id, article });
    send({ type: "go", place: newest ? "looks" : "mirror" });
  };
  return (
    <Panel title={words.scan}>
      <p class="lead">{words.scanHint}</p>
      <form
        class="setup"
        onSubmit={(event) => {
          event.preventDefault();
          setCode(textOf(event.currentTarget, "code"));
        }}
      >
        <label>
          {words.scanNumber}
          <input name="code" inputMode="numeric" autocomplete="off" maxLength={64} />
        </label>
        <button class="button">{words.scanFind}</button>
      </form>
      {found?.state === "unknown" && <p role="status">{words.unknownArticle}</p>}
      {found?.state === "offline" && <p role="status">{words.offline}</p>}
      {found?.state === "found" && (
        <Garment
          article={found.article}
          sizes={found.sizes}
          usual={usualSizesOf(found.article, session.lease?.profile)}
          server={server}
          onChoose={newest ? () => tag(found.article) : undefined}
        />
      )}
      <div class="actions">
        <Button onPress={() => send({ type: "go", place: newest ? "looks" : "mirror" })}>{words.back}</Button>
      </div>
    </Panel>
  );
}

function Garment(props: {
  article: Article;
  sizes: Size[];
  usual: string[];
  server: Server;
  onChoose: (() => void) | undefined;
}) {
  const words = useStrings();
  const { article, sizes, usual, server, onChoose } = props;
  return (
    <div class="garment">
      {article.image_url && <img src={article.image_url} alt="" />}
      <h2>{article.name}</h2>
      {article.brand && <p>{article.brand}</p>}
      {sizes.length > 0 && <h3>{words.otherSizes}</h3>}
      <ul class="sizes">
        {sizes.map((size) => (
          <SizeRow key={size.sku} size={size} isUsual={usual.includes(size.size)} server={server} />
        ))}
      </ul>
      {onChoose && (
        <Button kind="main" onPress={onChoose}>
          {words.choose}
        </Button>
      )}
    </div>
  );
}

/** One size, how many of it are here, and the wish to have it brought. */
function SizeRow({ size, isUsual, server }: { size: Size; isUsual: boolean; server: Server }) {
  const words = useStrings();
  const [id, setId] = useState<string>();
  const [wish, setWish] = useState<Wish | "failed">();
  useEffect(() => {
    if (!id || (wish && wish !== "open")) return undefined;
    const timer = window.setInterval(() => void wishOf(server, id).then(setWish), ASK_MS);
    return () => clearInterval(timer);
  }, [id, wish, server]);
  const ask = () => {
    setWish("open");
    void askFor(server, size.sku, size.size).then((made) => (made ? setId(made) : setWish("failed")));
  };
  const said = {
    open: words.asked,
    coming: words.coming,
    unavailable: words.unavailable,
    failed: words.offline,
  };
  return (
    <li>
      <b>{size.size}</b>
      <span>
        {size.stock === undefined ? "" : size.stock > 0 ? words.inStock(size.stock) : words.soldOut}
        {isUsual && <em> {words.yourSize}</em>}
      </span>
      {wish ? (
        <span role="status">{said[wish]}</span>
      ) : (
        <Button kind="quiet" label={`${words.bring}: ${size.size}`} disabled={size.stock === 0} onPress={ask}>
          {words.bring}
        </Button>
      )}
    </li>
  );
}

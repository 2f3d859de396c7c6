import { useEffect, useState } from "preact/hooks";
import type { Article } from "../looks/look.ts";
import { usualSizesOf } from "../looks/usualSizesOf.ts";
import { askFor, findArticle, wishOf, type Found, type Size, type Wish } from "../server/articles.ts";
import type { Server } from "../server/server.ts";
import type { Place, Scan as Scanned } from "../session/session.ts";
import { useStrings } from "../strings/languages.ts";
import { useTrack } from "../tryOns/useTryOnEvents.ts";
import { Button } from "../ui/Button.tsx";
import { Panel } from "../ui/Panel.tsx";
import type { ScreenProps } from "./props.ts";
import { TypedNumber } from "./TypedNumber.tsx";

/** How often staff's answer is asked for, in ms. */
const ASK_MS = 2000;

/** Between two questions for an article that only this machine remembers, in ms. */
const RETRY_MS = 20_000;

/**
 * Finds a garment by its label: scanned, or its number typed. Nothing that stands in a code is ever visited.
 * @param onChoose what else can be done with it
 */
export function Scan({
  session,
  send,
  server,
  back,
  onChoose,
}: ScreenProps & { back: Place; onChoose?: (article: Article) => void }) {
  const words = useStrings();
  const track = useTrack();
  const { scan } = session;
  const isOffered = scan?.kind === "offered";
  const found = useFound(server, scan);
  useEffect(() => {
    if (scan?.kind === "number") track({ name: "Label Scanned", code: scan.number });
  }, [scan, track]);
  useEffect(() => {
    if (found?.state !== "found") return;
    send({ type: "tried", article: found.article });
  }, [found, send]);
  // Without a network the same article is found again and again; it is viewed once.
  const viewed = found?.state === "found" ? found.article.sku : undefined;
  useEffect(() => {
    if (viewed !== undefined) track({ name: "Product Viewed", sku: viewed });
  }, [viewed, track]);
  return (
    <Panel title={isOffered ? words.tryOn : words.scan}>
      {found?.state !== "found" && !isOffered && <p class="lead">{words.scanHint}</p>}
      {scan?.kind === "refused" && (
        <p class="notice" role="status">
          {words.refusals[scan.reason]}
        </p>
      )}
      {found?.state === "unknown" && (
        <p class="notice" role="status">
          {words.unknownArticle}
        </p>
      )}
      {found?.state === "offline" && (
        <p class="notice" role="status">
          {words.offline}
        </p>
      )}
      {found?.state === "found" && found.keptAt !== undefined && (
        <p class="notice" role="status">
          {words.stockAsOf(found.keptAt)}
        </p>
      )}
      {found?.state === "found" && (
        <Garment
          article={found.article}
          sizes={found.sizes}
          usual={usualSizesOf(found.article, session.lease?.profile)}
          server={server}
          onChoose={onChoose && (() => onChoose(found.article))}
        />
      )}
      {!isOffered && (
        <TypedNumber
          isWanted={found?.state !== "found"}
          onScan={(typed) => send({ type: "scanned", scan: typed })}
        />
      )}
      <div class="actions">
        <Button onPress={() => send({ type: "go", place: isOffered ? "offers" : back })}>{words.back}</Button>
      </div>
    </Panel>
  );
}

/** What the shop knows of the number that was scanned or touched last; asked for again until the server itself said so. */
function useFound(server: Server, scan: Scanned | undefined): Found | undefined {
  const [found, setFound] = useState<Found>();
  useEffect(() => {
    setFound(undefined);
    if (!scan || scan.kind === "refused") return undefined;
    let [isOver, timer] = [false, 0];
    const find = async () => {
      const next = await findArticle(server, scan.number);
      if (isOver) return;
      setFound(next);
      const isSettled = next.state === "unknown" || (next.state === "found" && next.keptAt === undefined);
      if (!isSettled) timer = window.setTimeout(() => void find(), RETRY_MS);
    };
    void find();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [scan, server]);
  return found;
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
  const picture = article.picture ?? article.image_url;
  return (
    <div class="garment">
      {picture && <img src={picture} alt="" />}
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
  const track = useTrack();
  const [id, setId] = useState<string>();
  const [wish, setWish] = useState<Wish | "asking" | "failed">();
  useEffect(() => {
    if (!id || (wish && wish !== "open")) return undefined;
    const timer = window.setInterval(() => void wishOf(server, id).then(setWish), ASK_MS);
    return () => clearInterval(timer);
  }, [id, wish, server]);
  const ask = async () => {
    setWish("asking");
    track({ name: "Size Requested", sku: size.sku, size: size.size });
    const made = await askFor(server, size.sku, size.size);
    setId(made);
    setWish(made ? "open" : "failed");
  };
  const said = {
    asking: words.asking,
    open: words.asked,
    coming: words.coming,
    unavailable: words.unavailable,
  };
  return (
    <li>
      <b>{size.size}</b>
      <span>
        {size.stock === undefined ? "" : size.stock > 0 ? words.inStock(size.stock) : words.soldOut}
        {isUsual && <em> {words.yourSize}</em>}
      </span>
      {wish && wish !== "failed" && <span role="status">{said[wish]}</span>}
      {(!wish || wish === "failed") && (
        <Button
          kind="quiet"
          label={`${words.bring}: ${size.size}`}
          disabled={size.stock === 0}
          onPress={() => void ask()}
        >
          {words.bring}
        </Button>
      )}
      {wish === "failed" && (
        <span class="whole" role="status">
          {words.staffOffline}
        </span>
      )}
    </li>
  );
}

import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Look } from "./Look.ts";
import { canShare, fileOf, limitOf, save, share } from "./saving.ts";
import { strings } from "./strings.ts";
import { useOpened } from "./useOpened.ts";

const text = strings.looks;

/** One look, playing, with what this phone can do with it. */
export function Player({ look }: { look: Look }): JSX.Element {
  const opened = useOpened(look);
  const [isPlayable, setPlayable] = useState(true);
  const { article } = look.details;
  return (
    <section aria-label={text.look(look.index + 1)}>
      <div class="stage">
        {opened.kind === "open" && isPlayable && <Film url={opened.url} onError={() => setPlayable(false)} />}
        {opened.kind === "opening" && <p role="status">{text.loading}</p>}
        {opened.kind === "damaged" && <p role="alert">{text.damaged}</p>}
        {!isPlayable && <p role="alert">{text.unplayable}</p>}
      </div>
      {article && (
        <p class="article">
          <span>{article.name}</span>
          {article.size && <span class="soft">{text.size(article.size)}</span>}
        </p>
      )}
      {opened.kind === "open" && <SaveBar look={look} film={opened.film} />}
    </section>
  );
}

function Film({ url, onError }: { url: string; onError: () => void }): JSX.Element {
  const video = useRef<HTMLVideoElement>(null);
  const [isPlaying, setPlaying] = useState(false);
  const toggle = () => {
    const film = video.current!;
    if (film.paused) film.play().catch(onError);
    else film.pause();
  };
  return (
    <>
      <video
        ref={video}
        src={url}
        muted
        playsInline
        loop
        autoPlay
        onError={onError}
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
      />
      <button
        type="button"
        class={isPlaying ? "play playing" : "play"}
        aria-label={isPlaying ? text.pause : text.play}
        onClick={toggle}
      >
        <span aria-hidden="true" />
      </button>
    </>
  );
}

/** Saving and sharing, and in plain words what does not work on this phone. */
function SaveBar({ look, film }: { look: Look; film: Blob }): JSX.Element {
  const [note, setNote] = useState<string>();
  const file = fileOf(look, film);
  const limit = limitOf(navigator, look.mimeType);
  const saveIt = () => {
    save(file);
    setNote(text.saved);
  };
  const shareIt = () => {
    share(file).catch(() => setNote(text.shareFailed));
  };
  return (
    <>
      <div class="row">
        <button type="button" class="primary" onClick={saveIt}>
          {text.save}
        </button>
        {canShare(file) && (
          <button type="button" onClick={shareIt}>
            {text.share}
          </button>
        )}
      </div>
      <p class="soft" role="status">
        {note ?? (limit === "photos" ? text.photos : limit === "in_app" ? text.inApp : "")}
      </p>
    </>
  );
}

import type { ComponentChildren, JSX } from "preact";
import type { Pages } from "../api/usePages.ts";
import { strings } from "../strings.ts";
import type { IconName } from "./Icon.tsx";
import { Empty, Skeleton } from "./parts.tsx";

/** A list in a card: while it comes, when it is empty, its items, and the button that reads on. */
export function PagedCard<T>(props: {
  label: string;
  pages: Pages<T>;
  empty: { icon: IconName; title: string; text: string };
  /** Shows the items, of which there is one at least. */
  children: (items: readonly T[]) => ComponentChildren;
}): JSX.Element {
  const { items, error, hasMore, readMore } = props.pages;
  const { icon, title, text } = props.empty;
  return (
    <section class="card" aria-label={props.label}>
      {!items && !error && (
        <div class="card-body">
          <Skeleton lines={6} />
        </div>
      )}
      {items?.length === 0 && (
        <Empty icon={icon} title={title}>
          <p>{text}</p>
        </Empty>
      )}
      {items && items.length > 0 && props.children(items)}
      {hasMore && (
        <div class="more-line">
          <button type="button" class="quiet" onClick={readMore}>
            {strings.common.more}
          </button>
        </div>
      )}
    </section>
  );
}

import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import type { IdentityRef, SlimEvent } from "../api/types.ts";
import { linkTo } from "../router.ts";
import { strings } from "../strings.ts";
import { channelWord, shortIdentity } from "../ui/format.ts";
import { Icon, type IconName } from "../ui/Icon.tsx";
import { JsonView } from "../ui/JsonView.tsx";
import { Chip } from "../ui/parts.tsx";
import { Thumbnail } from "../ui/Thumbnail.tsx";
import { Time } from "../ui/Time.tsx";
import { describeEvent } from "./describeEvent.ts";

const CHANNEL_ICONS: Record<string, IconName> = {
  web: "globe",
  app: "phone",
  store: "shop",
  pos: "till",
  server: "server",
};

/** Where an event comes from. */
export function ChannelChip({ event }: { event: SlimEvent }): JSX.Element {
  const channel = typeof event.context.channel === "string" ? event.context.channel : "web";
  return <Chip icon={CHANNEL_ICONS[channel] ?? "globe"}>{channelWord(channel)}</Chip>;
}

/** One event: readable in a line, and whole on demand. */
export function EventRow(props: {
  event: SlimEvent;
  time: number;
  identity?: IdentityRef;
  isNew?: boolean;
}): JSX.Element {
  const { event, time, identity, isNew } = props;
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const words = describeEvent(event);
  const product = { name: words.subject ?? "", ...pictureOf(event) };
  return (
    <li class={isNew ? "is-new" : undefined}>
      <button
        type="button"
        class="event"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <span class={`event-icon ${words.tone}`}>
          <Icon name={words.icon} size={17} />
        </span>
        <span class="product-line">
          {product.image && <Thumbnail product={product} />}
          <span class="event-text">
            <span>
              {words.phrase}
              {words.subject && <span class="strong"> {words.subject}</span>}
            </span>
            {words.detail && <span class="soft small number">{words.detail}</span>}
          </span>
        </span>
        <span class="event-side">
          {event.properties.approximate === true && <Chip tone="warn">{strings.events.approximate}</Chip>}
          {event.uncertain && <Chip tone="warn">{strings.events.uncertain}</Chip>}
          {identity && <code>{shortIdentity(identity)}</code>}
          <ChannelChip event={event} />
          <Time at={time} />
          <span class="chevron">
            <Icon name="chevron" size={14} />
          </span>
        </span>
      </button>
      {isOpen && (
        <div class="event-more stack tight" id={id}>
          {identity && (
            <p class="small">
              <a href={linkTo("customers", identity.namespace, identity.id)}>
                {strings.customer.visitor} {shortIdentity(identity)}
              </a>
            </p>
          )}
          <JsonView value={event} />
        </div>
      )}
    </li>
  );
}

function pictureOf({ properties }: SlimEvent): { image?: string; url?: string } {
  const { image_url: image, url } = properties;
  return { ...(typeof image === "string" ? { image } : {}), ...(typeof url === "string" ? { url } : {}) };
}

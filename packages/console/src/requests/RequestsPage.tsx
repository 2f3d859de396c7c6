import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { ask } from "../api/client.ts";
import { useLive } from "../api/liveFeed.ts";
import type { StaffRequest } from "../api/types.ts";
import { useResource } from "../api/useResource.ts";
import { strings } from "../strings.ts";
import { Chip, Empty, Notice, PageHead, Skeleton, type Tone } from "../ui/parts.tsx";
import { Thumbnail } from "../ui/Thumbnail.tsx";
import { Time } from "../ui/Time.tsx";
import { useToast } from "../ui/useToast.tsx";

const text = strings.requests;

/** Requests age: each minute the list is read again, also without news. */
const REFRESH_MS = 60_000;

const TONES: Record<StaffRequest["state"], Tone> = { open: "warn", coming: "good", unavailable: "plain" };

/** What shoppers at the mirrors ask for, as it comes; the staff answers here. */
export function RequestsPage(): JSX.Element {
  const { data, error, reload } = useResource<{ items: StaffRequest[] }>("/requests", REFRESH_MS);
  const { requestsTurn } = useLive();
  const toast = useToast();
  useEffect(reload, [requestsTurn, reload]);
  const answer = (request: StaffRequest, state: StaffRequest["state"]) =>
    toast.attempt(async () => {
      await ask("POST", `/requests/${encodeURIComponent(request.id)}/answer`, { state });
      toast.say(text.told(request.kiosk));
      reload();
    });
  return (
    <>
      <PageHead title={text.title} lead={text.lead} />
      {error && <Notice tone="bad">{error.message}</Notice>}
      <section class="card" aria-label={text.title}>
        {!data && !error && (
          <div class="card-body">
            <Skeleton />
          </div>
        )}
        {data?.items.length === 0 && (
          <Empty icon="shop" title={text.emptyTitle}>
            <p>{text.emptyText}</p>
          </Empty>
        )}
        {data && data.items.length > 0 && (
          <ul class="requests" role="list">
            {data.items.map((request) => (
              <RequestLine key={request.id} request={request} onAnswer={(state) => answer(request, state)} />
            ))}
          </ul>
        )}
      </section>
      {toast.view}
    </>
  );
}

function RequestLine(props: {
  request: StaffRequest;
  onAnswer: (state: StaffRequest["state"]) => void;
}): JSX.Element {
  const { name, size, sku, image_url, kiosk, store, state, at } = props.request;
  const what = text.what(name, size);
  return (
    <li class="request">
      <Thumbnail product={{ name, ...(image_url === null ? {} : { image: image_url }) }} />
      <div class="grow">
        <p class="strong">{what}</p>
        <p class="soft">
          {text.where(kiosk, store)} · <code>{sku}</code> · <Time at={at} />
        </p>
      </div>
      <Chip tone={TONES[state]}>{text.states[state]}</Chip>
      <div class="row">
        {state !== "coming" && (
          <button
            type="button"
            class="primary"
            onClick={() => props.onAnswer("coming")}
            aria-label={`${text.coming}: ${what}`}
          >
            {text.coming}
          </button>
        )}
        {state !== "unavailable" && (
          <button
            type="button"
            class="quiet"
            onClick={() => props.onAnswer("unavailable")}
            aria-label={`${text.unavailable}: ${what}`}
          >
            {text.unavailable}
          </button>
        )}
      </div>
    </li>
  );
}

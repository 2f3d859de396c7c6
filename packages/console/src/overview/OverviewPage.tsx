import type { JSX } from "preact";
import { useLive } from "../api/liveFeed.ts";
import type { Overview } from "../api/types.ts";
import { useResource } from "../api/useResource.ts";
import { EventRow } from "../events/EventRow.tsx";
import { linkTo } from "../router.ts";
import { strings } from "../strings.ts";
import { formatNumber } from "../ui/format.ts";
import { Card, Notice, PageHead, Skeleton } from "../ui/parts.tsx";
import { AccountCard } from "./AccountCard.tsx";
import { EventBars } from "./EventBars.tsx";
import { FirstSteps } from "./FirstSteps.tsx";
import { Tags } from "./Tags.tsx";
import { wordsOfRecommender } from "./wordsOfRecommender.ts";

const text = strings.overview;
const LATEST = 6;
const REFRESH_MS = 3_000;

/** The state of things on one page. */
export function OverviewPage(): JSX.Element {
  const { data, error } = useResource<Overview>("/overview", REFRESH_MS);
  return (
    <>
      <PageHead title={text.title} lead={text.lead} />
      {error && <Notice tone="bad">{error.message}</Notice>}
      {data ? <Figures overview={data} /> : <Skeleton lines={8} />}
    </>
  );
}

function Figures({ overview }: { overview: Overview }): JSX.Element {
  const { accounting, perMinute, identities, streams, rules, recommender } = overview;
  const isEmpty = accounting.accepted === 0;
  return (
    <div class="stack">
      <dl class="grid-4">
        <Stat
          label={text.stored}
          value={accounting.accepted}
          more={text.storedMore(formatNumber(accounting.duplicate))}
        />
        <Stat
          label={text.devices}
          value={identities.total}
          more={text.devicesToday(formatNumber(identities.day))}
        />
        <Stat label={text.streams} value={streams} more={text.streamsMore} />
        <Stat
          label={text.rulesLive}
          value={rules.count}
          more={[
            rules.version === null ? text.unpublished : text.version(rules.version),
            rules.hasDraft ? text.draftWaits : "",
          ]
            .filter(Boolean)
            .join(" · ")}
        />
      </dl>
      <div class="grid-main">
        <div class="stack">
          {!isEmpty && (
            <Card
              title={text.perMinute}
              icon="overview"
              aside={
                <span class="soft small number">{text.nowLine(formatNumber(perMinute.at(-1) ?? 0))}</span>
              }
            >
              <EventBars perMinute={perMinute} />
            </Card>
          )}
          <Latest isEmpty={isEmpty} />
        </div>
        <div class="stack">
          <AccountCard
            accounting={accounting}
            aside={<a href={linkTo("devices")}>{strings.account.byDevice}</a>}
          />
          {recommender && (
            <Card title={text.recommender.title} icon="spark">
              <p class="soft">{wordsOfRecommender(recommender)}</p>
            </Card>
          )}
          {!isEmpty && (
            <Card title={text.tagMore} icon="page">
              <Tags overview={overview} />
            </Card>
          )}
        </div>
      </div>
    </div>
  );
}

function Stat({ label, value, more }: { label: string; value: number; more: string }): JSX.Element {
  return (
    <div class="card stat">
      <dt>{label}</dt>
      <dd>
        {formatNumber(value)}
        <div class="more soft">{more}</div>
      </dd>
    </div>
  );
}

function Latest({ isEmpty }: { isEmpty: boolean }): JSX.Element {
  const { events } = useLive();
  return (
    <Card title={text.latest} icon="events" flush aside={<a href={linkTo("events")}>{text.all}</a>}>
      {isEmpty && events.length === 0 && <FirstSteps />}
      <ul class="list">
        {events.slice(0, LATEST).map(({ cursor, event, receivedAt, identity }) => (
          <EventRow key={cursor} event={event} time={receivedAt} identity={identity} />
        ))}
      </ul>
    </Card>
  );
}

import type { Rule } from "@vitrine/core";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { useLive } from "../api/liveFeed.ts";
import type { PublishedRules, RulesState } from "../api/types.ts";
import { useResource } from "../api/useResource.ts";
import { linkTo } from "../router.ts";
import { strings } from "../strings.ts";
import { formatDay } from "../ui/format.ts";
import { Chip, Empty, Notice, PageHead, Skeleton } from "../ui/parts.tsx";
import { Time } from "../ui/Time.tsx";
import { useToast } from "../ui/useToast.tsx";
import { DraftCard } from "./DraftCard.tsx";
import { EditLink } from "./form/EditLink.tsx";
import { HistoryCard } from "./HistoryCard.tsx";
import { ReviewCard } from "./ReviewCard.tsx";
import { RuleCard } from "./RuleCard.tsx";
import { whoOf } from "./whoOf.ts";

const text = strings.rules;

/** What is live, what is being prepared, and what was. */
export function RulesPage(): JSX.Element {
  const { data, error, reload, replace } = useResource<RulesState>("/rules");
  const { rulesVersion } = useLive();
  const toast = useToast();
  useEffect(() => {
    if (rulesVersion > 0) reload();
  }, [rulesVersion, reload]);
  return (
    <>
      <PageHead title={text.title} lead={text.lead} />
      {error && <Notice tone="bad">{error.message}</Notice>}
      {!data && !error && <Skeleton lines={8} />}
      {data && (
        <div class="stack">
          <div class="grid-2">
            <LiveCard published={data.published} />
            <DraftCard state={data} onChanged={reload} onSaved={replace} toast={toast} />
          </div>
          <HistoryCard state={data} onChanged={reload} toast={toast} />
          <ReviewCard state={data} toast={toast} onSaved={replace} />
        </div>
      )}
      {toast.view}
    </>
  );
}

function LiveCard({ published }: { published: PublishedRules | null }): JSX.Element {
  return (
    <section class="card" aria-label={text.live} id="live-rules">
      <div class="card-head">
        <h2>
          <span class={published ? "dot live" : "dot"} />
          {text.live}
        </h2>
        {published && <Chip tone="accent">{text.version(published.version)}</Chip>}
      </div>
      {published ? (
        <>
          <p class="card-body soft small">
            {text.publishedBy(whoOf(published))}, <Time at={published.at} />.{" "}
            {text.goodUntil(formatDay(published.notAfter))}
          </p>
          <ul class="list">
            {published.content.rules.map((rule) => (
              <RuleCard
                key={rule.id}
                rule={rule}
                aside={
                  <span class="row">
                    <EditLink id={rule.id} />
                    <ResultsLink rule={rule} />
                  </span>
                }
              />
            ))}
          </ul>
          {published.content.rules.length === 0 && (
            <Empty icon="rules" title={text.rules(0)}>
              <p>{text.emptyRules}</p>
            </Empty>
          )}
        </>
      ) : (
        <Empty icon="rules" title={text.nothingLive}>
          <p>{text.nothingLiveText}</p>
        </Empty>
      )}
    </section>
  );
}

function ResultsLink({ rule: { id, experiment } }: { rule: Rule }): JSX.Element {
  const { link, unmeasured, named } = strings.results;
  const word = experiment ? link : unmeasured;
  return (
    <a href={linkTo("rules", id)} aria-label={named(word, id)}>
      {word}
    </a>
  );
}

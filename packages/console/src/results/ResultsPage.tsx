import type { JSX } from "preact";
import type { RuleResults } from "../api/types.ts";
import { useResource } from "../api/useResource.ts";
import { linkTo } from "../router.ts";
import { strings } from "../strings.ts";
import { formatDay, formatFineShare, formatNumber, formatShare } from "../ui/format.ts";
import { Card, Empty, Notice, PageHead, Skeleton } from "../ui/parts.tsx";
import { MetricCard } from "./MetricCard.tsx";
import { SurveyCard } from "./SurveyCard.tsx";

const text = strings.results;

/** The server counts anew once a minute. */
const REFRESH_MS = 60_000;

/** What a published rule did: each variant beside its control, with the certainty that there is. */
export function ResultsPage({ rule }: { rule: string }): JSX.Element {
  const { data, error } = useResource<RuleResults>(`/rules/results/${encodeURIComponent(rule)}`, REFRESH_MS);
  if (error?.status === 404) {
    return (
      <>
        <PageHead title={text.title(rule)} lead={text.lead} />
        <section class="card" aria-label={text.unknown}>
          <Empty icon="rules" title={text.unknown}>
            <p>{text.unknownText}</p>
            <a href={linkTo("rules")}>{text.back}</a>
          </Empty>
        </section>
      </>
    );
  }
  return (
    <>
      <PageHead title={text.title(rule)} lead={text.lead}>
        <a href={linkTo("rules")}>{text.back}</a>
      </PageHead>
      {error && <Notice tone="bad">{error.message}</Notice>}
      {!data && !error && <Skeleton lines={8} />}
      {data && (data.tally ? <Counted results={data} tally={data.tally} /> : <Unsplit results={data} />)}
    </>
  );
}

function Unsplit({ results }: { results: RuleResults }): JSX.Element {
  return (
    <div class="stack">
      <Ramp share={results.ramp} />
      {results.survey && <SurveyCard survey={results.survey} />}
      <Notice tone="info">{text.noSplit}</Notice>
      <Card title={text.howTo} icon="rules">
        <p>{text.howToText}</p>
      </Card>
    </div>
  );
}

/** Which share of the visitors a rule is at, unless it is at all of them. */
function Ramp({ share }: { share: number }): JSX.Element | null {
  return share < 1 ? <Notice tone="info">{text.ramp(formatFineShare(share))}</Notice> : null;
}

type Tally = NonNullable<RuleResults["tally"]>;

function Counted({ results, tally }: { results: RuleResults; tally: Tally }): JSX.Element {
  const { since, sinceVersion, ramp, mixed, isSample, survey } = results;
  const visitors = tally.variants.reduce((sum, variant) => sum + variant.visitors, 0);
  return (
    <div class="stack">
      <p class="soft">{text.since(formatNumber(visitors), formatDay(since), sinceVersion)}</p>
      <Ramp share={ramp} />
      {tally.ratio.isBroken && <Notice tone="bad">{text.brokenSplit(sharesOf(tally, visitors))}</Notice>}
      {isSample && <Notice tone="info">{text.sample}</Notice>}
      {mixed > 0 && <Notice tone="info">{text.mixed(formatNumber(mixed))}</Notice>}
      <div class="grid-2">
        {survey && <SurveyCard survey={survey} />}
        <MetricCard metric="conversion" tally={tally} />
        <MetricCard metric="revenue" tally={tally} />
        <MetricCard metric="sizeReturns" tally={tally} />
        <Card title={text.howToRead} icon="info">
          <p class="soft">{text.howToReadText}</p>
        </Card>
      </div>
    </div>
  );
}

/** `control 12.1 % of 10 %, on 87.9 % of 90 %`. */
function sharesOf({ variants }: Tally, visitors: number): string {
  const total = variants.reduce((sum, { weight }) => sum + weight, 0);
  return variants
    .map(({ variant, weight, visitors: own }) =>
      text.share(variant, formatShare(own / visitors), formatShare(weight / total)),
    )
    .join(", ");
}

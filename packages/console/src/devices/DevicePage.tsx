import type { ComponentChildren, JSX } from "preact";
import type { Device } from "../api/types.ts";
import { useResource } from "../api/useResource.ts";
import { linkTo } from "../router.ts";
import { strings } from "../strings.ts";
import { channelWord, formatAgo, formatNumber, shortIdentity } from "../ui/format.ts";
import { Icon } from "../ui/Icon.tsx";
import { Card, Empty, Notice, PageHead, Skeleton } from "../ui/parts.tsx";
import { useNow } from "../ui/Time.tsx";
import { RulesChip } from "./RulesChip.tsx";

const text = strings.device;
const list = strings.devices;
const REFRESH_MS = 5_000;

/** One device: what it still holds, what it dropped, and which of its events never came. */
export function DevicePage({ id }: { id: string }): JSX.Element {
  const { data, error } = useResource<Device>(`/devices/${encodeURIComponent(id)}`, REFRESH_MS);
  if (error?.status === 404) {
    return (
      <>
        <PageHead title={list.title} lead={list.lead} />
        <section class="card" aria-label={text.unknown}>
          <Empty icon="phone" title={text.unknown}>
            <p>{text.unknownText}</p>
            <a href={linkTo("devices")}>{text.back}</a>
          </Empty>
        </section>
      </>
    );
  }
  return (
    <div class="stack">
      <Head id={id} device={data} />
      {error && <Notice tone="bad">{error.message}</Notice>}
      {!data && !error && <Skeleton lines={8} />}
      {data && (
        <div class="grid-main">
          <div class="stack">
            <Account device={data} />
            <Gaps device={data} />
          </div>
          <div class="stack">
            <Facts device={data} />
            <Drops device={data} />
          </div>
        </div>
      )}
    </div>
  );
}

function Head({ id, device }: { id: string; device: Device | undefined }): JSX.Element {
  const now = useNow();
  return (
    <header class="person-head">
      <span class="avatar" aria-hidden="true">
        <Icon name="phone" />
      </span>
      <div class="stack tight">
        <h1 tabIndex={-1}>{`${list.device} ${shortIdentity({ namespace: "anonymous", id })}`}</h1>
        <div class="row soft">
          {device && <span>{text.heard(formatAgo(device.lastSeen, now))}</span>}
          <a href={linkTo("customers", "anonymous", id)}>{text.customer}</a>
          <a href={linkTo("devices")}>{text.back}</a>
        </div>
      </div>
    </header>
  );
}

/** In one or two sentences, how complete it is. */
function Account({ device }: { device: Device }): JSX.Element {
  const { queued, missing, unsettled } = device;
  return (
    <Card title={text.account} icon="shield">
      <div class="stack tight">
        {missing + unsettled === 0 && !queued && <Notice tone="good">{text.allHere}</Notice>}
        {!!queued && <Notice tone="info">{text.stillThere(formatNumber(queued))}</Notice>}
        {missing > 0 && <Notice tone="warn">{strings.account.missing(formatNumber(missing))}</Notice>}
        {unsettled > 0 && <Notice tone="warn">{strings.account.skipped(formatNumber(unsettled))}</Notice>}
      </div>
    </Card>
  );
}

function Facts({ device }: { device: Device }): JSX.Element {
  const { channel, queued, dropped, missing, unsettled, writers, rules, published } = device;
  return (
    <Card title={list.device} icon="phone">
      <dl class="facts">
        <Fact name={list.channel}>{channelWord(channel)}</Fact>
        <Fact name={list.rules}>
          <RulesChip version={rules} published={published} />
        </Fact>
        <Fact name={text.pageLoads}>{formatNumber(writers)}</Fact>
        <Fact name={list.queued}>{queued === null ? list.unknown : formatNumber(queued)}</Fact>
        <Fact name={list.dropped}>{formatNumber(dropped)}</Fact>
        <Fact name={list.missing}>{formatNumber(missing)}</Fact>
        <Fact name={text.unsettled}>{formatNumber(unsettled)}</Fact>
      </dl>
    </Card>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }): JSX.Element {
  return (
    <div style={{ display: "contents" }}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Drops({ device: { drops } }: { device: Device }): JSX.Element | null {
  const reasons = Object.entries(drops).sort((a, b) => b[1] - a[1]);
  if (reasons.length === 0) return null;
  return (
    <Card title={text.drops} icon="filter">
      <ul class="account">
        {reasons.map(([reason, count]) => (
          <li key={reason}>
            <span />
            <span>{strings.drop[reason] ?? reason}</span>
            <span class="number">{formatNumber(count)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Which events never came, by page load. */
function Gaps({ device: { gaps } }: { device: Device }): JSX.Element | null {
  if (gaps.length === 0) return null;
  return (
    <Card title={text.gaps} icon="warning" flush>
      <p class="soft small card-body">{text.gapsLead}</p>
      <div class="table-scroll" tabIndex={0} role="group" aria-label={text.gaps}>
        <table>
          <thead>
            <tr>
              <th scope="col">{text.pageLoad}</th>
              <th scope="col">{text.numbers}</th>
              <th scope="col" class="right">
                {text.count}
              </th>
            </tr>
          </thead>
          <tbody>
            {gaps.map(({ writer, missing, count }) => (
              <tr key={writer}>
                <td class="mono">{shortIdentity({ namespace: "anonymous", id: writer })}</td>
                <td>{wordsOf(missing, count)}</td>
                <td class="right number">{formatNumber(count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

/** `[3, 5, 8, 8]` as `3–5, 8`; the server cuts long ones. */
function wordsOf(missing: readonly number[], count: number): string {
  const words: string[] = [];
  let told = 0;
  for (let i = 0; i + 1 < missing.length; i += 2) {
    const [from, to] = [missing[i]!, missing[i + 1]!];
    words.push(from === to ? formatNumber(from) : `${formatNumber(from)}–${formatNumber(to)}`);
    told += to - from + 1;
  }
  if (told < count) words.push(text.andMore);
  return words.join(", ");
}

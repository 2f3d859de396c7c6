import type { ComponentChildren, JSX } from "preact";
import type { Fleet, KioskRow } from "../api/types.ts";
import { useResource } from "../api/useResource.ts";
import { RulesChip } from "../devices/RulesChip.tsx";
import { linkTo } from "../router.ts";
import { strings } from "../strings.ts";
import { formatAgo, formatDisk, formatDuration, formatNumber } from "../ui/format.ts";
import { Icon } from "../ui/Icon.tsx";
import { Card, Chip, Empty, Notice, PageHead, Skeleton } from "../ui/parts.tsx";
import { CommandsCard } from "./CommandsCard.tsx";
import { EnrolmentCard } from "./EnrolmentCard.tsx";
import { cameraWord, isSilent, sessionWord, stateWord } from "./kioskWords.ts";

const text = strings.kiosk;
const list = strings.kiosks;
const REFRESH_MS = 5_000;

/** One kiosk: how it is, what it shall do, and who it is. */
export function KioskPage({ id }: { id: string }): JSX.Element {
  const { data, error, reload } = useResource<Fleet>("/kiosks", REFRESH_MS);
  const kiosk = data?.items.find((one) => one.id === id);
  if (data && !kiosk) {
    return (
      <>
        <PageHead title={list.title} lead={list.lead} />
        <section class="card" aria-label={text.unknown}>
          <Empty icon="mirror" title={text.unknown}>
            <p>{text.unknownText}</p>
            <a href={linkTo("kiosks")}>{text.back}</a>
          </Empty>
        </section>
      </>
    );
  }
  return (
    <div class="stack">
      <Head kiosk={kiosk} now={data?.now ?? 0} />
      {error && <Notice tone="bad">{error.message}</Notice>}
      {!kiosk && !error && <Skeleton lines={8} />}
      {kiosk && (
        <div class="grid-main">
          <div class="stack">
            <HowItIs kiosk={kiosk} now={data!.now} published={data!.published} />
            <EnrolmentCard kiosk={kiosk} onChange={reload} />
          </div>
          <CommandsCard kiosk={kiosk} now={data!.now} onChange={reload} />
        </div>
      )}
    </div>
  );
}

function Head({ kiosk, now }: { kiosk: KioskRow | undefined; now: number }): JSX.Element {
  const state = kiosk && stateWord(kiosk, now);
  return (
    <header class="person-head">
      <span class="avatar" aria-hidden="true">
        <Icon name="mirror" size={24} />
      </span>
      <div class="stack tight">
        <h1 tabIndex={-1}>{kiosk?.name ?? list.kiosk}</h1>
        <div class="row soft">
          {state && <Chip tone={state.tone}>{state.text}</Chip>}
          {kiosk && <span>{text.inStore(kiosk.store)}</span>}
          {kiosk?.heartbeatAt && <span>{text.heard(formatAgo(kiosk.heartbeatAt, now))}</span>}
          <a href={linkTo("kiosks")}>{text.back}</a>
        </div>
      </div>
    </header>
  );
}

/** What it last said of itself; whether that is old is said first. */
function HowItIs(props: { kiosk: KioskRow; now: number; published: number | null }): JSX.Element {
  const { kiosk, now, published } = props;
  const { heartbeat } = kiosk;
  if (!heartbeat) {
    return (
      <Card title={text.how} icon="mirror">
        <p class="soft">{text.howNever}</p>
      </Card>
    );
  }
  const { session, camera, queue, diskFree, rules, version, fps, uptime } = heartbeat;
  const cameraSays = cameraWord(camera);
  return (
    <Card title={text.how} icon="mirror">
      <div class="stack">
        {isSilent(kiosk, now) && <Notice tone="warn">{text.howOld}</Notice>}
        <dl class="facts">
          <Fact name={list.session}>{sessionWord(session)}</Fact>
          <Fact name={list.camera}>
            <Chip tone={cameraSays.tone}>{cameraSays.text}</Chip>
          </Fact>
          <Fact name={text.fps}>{fps === null ? "–" : formatNumber(Math.round(fps))}</Fact>
          <Fact name={list.queued}>{formatNumber(queue)}</Fact>
          <Fact name={list.disk}>{diskFree === null ? "–" : formatDisk(diskFree)}</Fact>
          <Fact name={list.rules}>
            <RulesChip version={rules} published={published} />
          </Fact>
          <Fact name={list.version}>{version}</Fact>
          <Fact name={text.uptime}>{uptime === null ? "–" : formatDuration(uptime)}</Fact>
        </dl>
      </div>
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

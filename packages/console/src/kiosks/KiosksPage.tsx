import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { EnrolmentCode, Fleet, KioskRow } from "../api/types.ts";
import { useResource } from "../api/useResource.ts";
import { RulesChip } from "../devices/RulesChip.tsx";
import { linkTo } from "../router.ts";
import { strings } from "../strings.ts";
import { formatDisk, formatNumber } from "../ui/format.ts";
import { Icon } from "../ui/Icon.tsx";
import { PagedCard } from "../ui/PagedCard.tsx";
import { Chip, Notice, PageHead } from "../ui/parts.tsx";
import { Time } from "../ui/Time.tsx";
import { CodeDialog } from "./CodeDialog.tsx";
import { cameraWord, sessionWord, stateWord } from "./kioskWords.ts";
import { NewKioskDialog } from "./NewKioskDialog.tsx";

const text = strings.kiosks;
const REFRESH_MS = 5_000;

/** The fleet, as each kiosk last said how it is. */
export function KiosksPage(): JSX.Element {
  const { data, error, reload } = useResource<Fleet>("/kiosks", REFRESH_MS);
  const [open, setOpen] = useState<"new" | EnrolmentCode>();
  const close = () => setOpen(undefined);
  const pages = { items: data?.items, first: undefined, error, hasMore: false, readMore: reload, reload };
  return (
    <>
      <PageHead title={text.title} lead={text.lead}>
        <button type="button" class="primary" onClick={() => setOpen("new")}>
          <Icon name="plus" size={15} />
          {text.enrol}
        </button>
      </PageHead>
      {error && <Notice tone="bad">{error.message}</Notice>}
      <PagedCard
        label={text.title}
        pages={pages}
        empty={{ icon: "mirror", title: text.emptyTitle, text: text.emptyText }}
      >
        {(items) => <KiosksTable items={items} now={data!.now} published={data!.published} />}
      </PagedCard>
      {open === "new" && (
        <NewKioskDialog
          onClose={close}
          onCreated={(code) => {
            reload();
            setOpen(code);
          }}
        />
      )}
      {open !== undefined && open !== "new" && <CodeDialog code={open} onClose={close} />}
    </>
  );
}

function KiosksTable(props: {
  items: readonly KioskRow[];
  now: number;
  published: number | null;
}): JSX.Element {
  return (
    <div class="table-scroll" tabIndex={0} role="group" aria-label={text.title}>
      <table>
        <thead>
          <tr>
            <th scope="col">{text.kiosk}</th>
            <th scope="col">{text.state}</th>
            <th scope="col">{text.session}</th>
            <th scope="col">{text.camera}</th>
            <th scope="col" class="right">
              {text.queued}
            </th>
            <th scope="col" class="right">
              {text.disk}
            </th>
            <th scope="col">{text.rules}</th>
            <th scope="col">{text.version}</th>
            <th scope="col">{text.heard}</th>
          </tr>
        </thead>
        <tbody>
          {props.items.map((kiosk) => (
            <KioskLine key={kiosk.id} kiosk={kiosk} now={props.now} published={props.published} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function KioskLine(props: { kiosk: KioskRow; now: number; published: number | null }): JSX.Element {
  const { kiosk, now, published } = props;
  const { heartbeat } = kiosk;
  const state = stateWord(kiosk, now);
  const camera = heartbeat && cameraWord(heartbeat.camera);
  return (
    <tr>
      <td>
        <a class="strong" href={linkTo("kiosks", kiosk.id)}>
          {kiosk.name}
        </a>
        <div class="soft small">{kiosk.store}</div>
      </td>
      <td class="nowrap">
        <Chip tone={state.tone}>{state.text}</Chip>
      </td>
      <td class="nowrap">{heartbeat ? sessionWord(heartbeat.session) : "–"}</td>
      <td class="nowrap">{camera ? <Chip tone={camera.tone}>{camera.text}</Chip> : "–"}</td>
      <td class="right number">{heartbeat ? formatNumber(heartbeat.queue) : "–"}</td>
      <td class="right number nowrap">{heartbeat?.diskFree ? formatDisk(heartbeat.diskFree) : "–"}</td>
      <td>{heartbeat?.rules ? <RulesChip version={heartbeat.rules} published={published} /> : "–"}</td>
      <td class="mono">{heartbeat?.version ?? "–"}</td>
      <td>{kiosk.heartbeatAt === null ? "–" : <Time at={kiosk.heartbeatAt} />}</td>
    </tr>
  );
}

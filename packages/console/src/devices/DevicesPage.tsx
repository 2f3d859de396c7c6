import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { DeviceRow, Overview } from "../api/types.ts";
import { usePages } from "../api/usePages.ts";
import { useResource } from "../api/useResource.ts";
import { AccountCard } from "../overview/AccountCard.tsx";
import { linkTo } from "../router.ts";
import { strings } from "../strings.ts";
import { formatNumber, shortIdentity } from "../ui/format.ts";
import { Empty, Notice, PageHead, Segments, Skeleton } from "../ui/parts.tsx";
import { Time } from "../ui/Time.tsx";
import { RulesChip } from "./RulesChip.tsx";

const text = strings.devices;
const REFRESH_MS = 5_000;

/** Every device that sends, the one that spoke last first, beside the account of the whole site. */
export function DevicesPage(): JSX.Element {
  const [only, setOnly] = useState<"every" | "trouble">("every");
  const overview = useResource<Overview>("/overview", REFRESH_MS);
  const { items, first, error, hasMore, readMore } = usePages<DeviceRow>(
    only === "trouble" ? "/devices?only=trouble" : "/devices",
  );
  return (
    <>
      <PageHead title={text.title} lead={text.lead}>
        <Segments
          label={text.filter}
          value={only}
          choices={[
            ["every", text.every],
            ["trouble", text.trouble],
          ]}
          onChoose={setOnly}
        />
      </PageHead>
      {error && <Notice tone="bad">{error.message}</Notice>}
      <div class="grid-main">
        <section class="card" aria-label={text.title}>
          {!items && !error && (
            <div class="card-body">
              <Skeleton lines={6} />
            </div>
          )}
          {items?.length === 0 && (
            <Empty icon="phone" title={only === "every" ? text.emptyTitle : text.noTrouble}>
              <p>{only === "every" ? text.emptyText : text.noTroubleText}</p>
            </Empty>
          )}
          {items && items.length > 0 && (
            <DevicesTable items={items} published={first?.["published"] as number | null} />
          )}
          {hasMore && (
            <div class="more-line">
              <button type="button" class="quiet" onClick={readMore}>
                {strings.common.more}
              </button>
            </div>
          )}
        </section>
        {overview.data ? <AccountCard accounting={overview.data.accounting} /> : <Skeleton lines={8} />}
      </div>
    </>
  );
}

function DevicesTable({
  items,
  published,
}: {
  items: readonly DeviceRow[];
  published: number | null;
}): JSX.Element {
  return (
    <div class="table-scroll" tabIndex={0} role="group" aria-label={text.title}>
      <table>
        <thead>
          <tr>
            <th scope="col">{text.device}</th>
            <th scope="col">{text.channel}</th>
            <th scope="col" class="right">
              {text.queued}
            </th>
            <th scope="col" class="right">
              {text.dropped}
            </th>
            <th scope="col" class="right">
              {text.missing}
            </th>
            <th scope="col">{text.rules}</th>
            <th scope="col">{text.lastSeen}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((device) => (
            <tr key={device.id}>
              <td>
                <a class="mono" href={linkTo("devices", device.id)}>
                  {shortIdentity({ namespace: "anonymous", id: device.id })}
                </a>
              </td>
              <td class="nowrap">
                {device.channel ? (text.channels[device.channel] ?? device.channel) : "–"}
              </td>
              <td class="right number">{device.queued === null ? "–" : formatNumber(device.queued)}</td>
              <td class="right number">{formatNumber(device.dropped)}</td>
              <td class="right number">{formatNumber(device.missing)}</td>
              <td>
                {device.rules === null ? "–" : <RulesChip version={device.rules} published={published} />}
              </td>
              <td>
                <Time at={device.lastSeen} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

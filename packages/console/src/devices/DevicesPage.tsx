import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { DeviceRow, Overview } from "../api/types.ts";
import { usePages } from "../api/usePages.ts";
import { useResource } from "../api/useResource.ts";
import { AccountCard } from "../overview/AccountCard.tsx";
import { linkTo } from "../router.ts";
import { strings } from "../strings.ts";
import { channelWord, formatNumber, shortIdentity } from "../ui/format.ts";
import { PagedCard } from "../ui/PagedCard.tsx";
import { Notice, PageHead, Segments, Skeleton } from "../ui/parts.tsx";
import { Time } from "../ui/Time.tsx";
import { RulesChip } from "./RulesChip.tsx";

const text = strings.devices;
const REFRESH_MS = 5_000;

/** Every device that sends, the one that spoke last first, beside the account of the whole site. */
export function DevicesPage(): JSX.Element {
  const [only, setOnly] = useState<"every" | "trouble">("every");
  const overview = useResource<Overview>("/overview", REFRESH_MS);
  const pages = usePages<DeviceRow>(only === "trouble" ? "/devices?only=trouble" : "/devices");
  const { first, error } = pages;
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
        <PagedCard
          label={text.title}
          pages={pages}
          empty={
            only === "every"
              ? { icon: "phone", title: text.emptyTitle, text: text.emptyText }
              : { icon: "phone", title: text.noTrouble, text: text.noTroubleText }
          }
        >
          {(items) => <DevicesTable items={items} published={first?.["published"] as number | null} />}
        </PagedCard>
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
              <td class="nowrap">{channelWord(device.channel)}</td>
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

import type { JSX } from "preact";
import type { AuditEntry } from "../api/types.ts";
import { usePages } from "../api/usePages.ts";
import { strings } from "../strings.ts";
import { PagedCard } from "../ui/PagedCard.tsx";
import { Notice, PageHead } from "../ui/parts.tsx";
import { Time } from "../ui/Time.tsx";

const text = strings.audit;

/** Who changed what. */
export function AuditPage(): JSX.Element {
  const pages = usePages<AuditEntry>("/audit");
  const { first, error } = pages;
  const chain = first?.["chain"] as { brokenAt: number | null } | undefined;
  return (
    <>
      <PageHead title={text.title} lead={text.lead} />
      <div class="stack">
        {error && <Notice tone="bad">{error.message}</Notice>}
        {chain && chain.brokenAt === null && <Notice tone="good">{text.intact}</Notice>}
        {chain && chain.brokenAt !== null && <Notice tone="bad">{text.broken(chain.brokenAt)}</Notice>}
        <PagedCard
          label={text.title}
          pages={pages}
          empty={{ icon: "audit", title: text.empty, text: text.emptyText }}
        >
          {(items) => <AuditTable items={items} />}
        </PagedCard>
      </div>
    </>
  );
}

function AuditTable({ items }: { items: readonly AuditEntry[] }): JSX.Element {
  return (
    <div class="table-scroll" tabIndex={0} role="group" aria-label={text.title}>
      <table>
        <thead>
          <tr>
            <th scope="col">{text.when}</th>
            <th scope="col">{text.who}</th>
            <th scope="col">{text.what}</th>
            <th scope="col">{text.details}</th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ id, at, by, byName, action, details }) => (
            <tr key={id}>
              <td>
                <Time at={at} />
              </td>
              <td class="nowrap">{by === "system" ? text.system : (byName ?? by)}</td>
              <td class="strong nowrap">{text.actions[action] ?? action}</td>
              <td class="soft small">{detailsOf(details)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function detailsOf(details: AuditEntry["details"]): string {
  const words = Object.entries(details).map(
    ([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
  return words.join(" · ");
}

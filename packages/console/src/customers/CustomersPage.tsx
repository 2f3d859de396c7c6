import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { CustomerRow } from "../api/types.ts";
import { usePages } from "../api/usePages.ts";
import { linkTo } from "../router.ts";
import { strings } from "../strings.ts";
import { formatNumber, initialsOf, shortIdentity } from "../ui/format.ts";
import { Icon } from "../ui/Icon.tsx";
import { PagedCard } from "../ui/PagedCard.tsx";
import { Chip, Notice, PageHead } from "../ui/parts.tsx";
import { Time } from "../ui/Time.tsx";

const text = strings.customers;
const TYPING_MS = 250;

/** Everyone the shop remembers, newest first, or by the beginning of an id. */
export function CustomersPage(): JSX.Element {
  const [query, setQuery] = useState("");
  const [asked, setAsked] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setAsked(query.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [query]);
  const pages = usePages<CustomerRow>(`/customers?query=${encodeURIComponent(asked)}`);
  return (
    <>
      <PageHead title={text.title} lead={text.lead}>
        <label class="search">
          <span class="only-heard">{text.search}</span>
          <Icon name="search" />
          <input
            type="search"
            placeholder={text.placeholder}
            value={query}
            onInput={(e) => setQuery(e.currentTarget.value)}
          />
        </label>
      </PageHead>
      {pages.error && <Notice tone="bad">{pages.error.message}</Notice>}
      <PagedCard
        label={text.title}
        pages={pages}
        empty={
          asked
            ? { icon: "customers", title: text.noMatch, text: text.noMatchText }
            : { icon: "customers", title: text.emptyTitle, text: text.emptyText }
        }
      >
        {(items) => <CustomersTable items={items} />}
      </PagedCard>
    </>
  );
}

function CustomersTable({ items }: { items: readonly CustomerRow[] }): JSX.Element {
  return (
    <div class="table-scroll" tabIndex={0} role="group" aria-label={text.title}>
      <table>
        <thead>
          <tr>
            <th scope="col">{text.identity}</th>
            <th scope="col">{text.category}</th>
            <th scope="col" class="right">
              {text.orders}
            </th>
            <th scope="col" class="right">
              {text.events}
            </th>
            <th scope="col">{text.firstSeen}</th>
            <th scope="col">{text.lastSeen}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((row) => (
            <CustomerLine key={`${row.identity.namespace}:${row.identity.id}`} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function CustomerLine({ row }: { row: CustomerRow }): JSX.Element {
  const { identity, known } = row;
  const person =
    identity.namespace === "user" ? identity : known.find(({ namespace }) => namespace === "user");
  const name = person ? person.id : `${strings.customer.visitor} ${shortIdentity(identity)}`;
  return (
    <tr>
      <td>
        <span class="product-line">
          <span class="avatar small" aria-hidden="true">
            {initialsOf(person?.id ?? identity.id)}
          </span>
          <span class="stack tight">
            <a href={linkTo("customers", identity.namespace, identity.id)}>{name}</a>
            {person && identity.namespace !== "user" && (
              <span class="soft small mono">{shortIdentity(identity)}</span>
            )}
          </span>
        </span>
      </td>
      <td>{row.lastCategory ? <Chip>{row.lastCategory}</Chip> : <span class="soft">–</span>}</td>
      <td class="right number">{formatNumber(row.orders)}</td>
      <td class="right number">{formatNumber(row.events)}</td>
      <td>{row.firstSeen ? <Time at={row.firstSeen} /> : "–"}</td>
      <td>{row.lastSeen ? <Time at={row.lastSeen} /> : "–"}</td>
    </tr>
  );
}

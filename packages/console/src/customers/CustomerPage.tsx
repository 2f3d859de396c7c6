import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useLive } from "../api/liveFeed.ts";
import type { Customer, IdentityRef, RulesState } from "../api/types.ts";
import { useResource } from "../api/useResource.ts";
import { linkTo } from "../router.ts";
import { strings } from "../strings.ts";
import { formatAgo, formatNumber, initialsOf, shortIdentity } from "../ui/format.ts";
import { Chip, Empty, Notice, PageHead, Skeleton } from "../ui/parts.tsx";
import { useNow } from "../ui/Time.tsx";
import { DecisionsCard } from "./DecisionsCard.tsx";
import { EraseCard, type Erasure } from "./EraseCard.tsx";
import { IdentitiesCard } from "./IdentitiesCard.tsx";
import {
  AccountingCard,
  CartCard,
  CategoryCard,
  ConsentCard,
  OrdersCard,
  RecentCard,
  TraitsCard,
} from "./ProfileCards.tsx";
import { SizesCard } from "./SizesCard.tsx";
import { TimelineCard } from "./TimelineCard.tsx";

const text = strings.customer;

/** One customer: who it is, what is known, what the rules make of it, and what happened. */
export function CustomerPage(identity: IdentityRef): JSX.Element {
  const path = `/customers/${encodeURIComponent(identity.namespace)}/${encodeURIComponent(identity.id)}`;
  const customer = useResource<Customer>(path);
  const rules = useResource<RulesState>("/rules");
  const [erased, setErased] = useState<Erasure>();
  // Who is being erased is not read again: there may be nobody any more.
  useReloadOn(erased === undefined ? customer.data : undefined, customer.reload, rules.reload);
  if (typeof erased === "number") return <Nobody title={text.erase.done} why={text.erase.doneText(erased)} />;
  if (customer.error?.status === 404) return <Nobody title={text.unknown} why={text.unknownText} />;
  const { data, error } = customer;
  return (
    <div class="stack">
      <Head identity={identity} customer={data} />
      {error && <Notice tone="bad">{error.message}</Notice>}
      {!data && <Skeleton lines={8} />}
      {data && (
        <div class="grid-main">
          <div class="stack">
            <DecisionsCard customer={data} ruleset={rules.data?.published?.ruleset} identity={identity} />
            <TimelineCard customer={data} />
          </div>
          <div class="stack">
            <IdentitiesCard customer={data} onChanged={customer.reload} />
            <CategoryCard profile={data.profile} now={data.now} />
            <RecentCard profile={data.profile} />
            <SizesCard profile={data.profile} now={data.now} />
            <CartCard profile={data.profile} />
            <OrdersCard profile={data.profile} />
            <TraitsCard profile={data.profile} />
            <ConsentCard profile={data.profile} />
            <AccountingCard customer={data} />
            <EraseCard identity={identity} onErasure={setErased} />
          </div>
        </div>
      )}
    </div>
  );
}

/** Where no customer is, or no more. */
function Nobody({ title, why }: { title: string; why: string }): JSX.Element {
  return (
    <>
      <PageHead title={strings.customers.title} lead={strings.customers.lead} />
      <section class="card" role="status" aria-label={title}>
        <Empty icon="person" title={title}>
          <p>{why}</p>
          <a href={linkTo("customers")}>{strings.customers.back}</a>
        </Empty>
      </section>
    </>
  );
}

/** Reads again when an event of this customer, or a new version of the rules, comes by. */
function useReloadOn(
  customer: Customer | undefined,
  reloadCustomer: () => void,
  reloadRules: () => void,
): void {
  const live = useLive();
  const newest = live.events.find(({ identity }) =>
    customer?.identities.some(({ namespace, id }) => namespace === identity.namespace && id === identity.id),
  )?.cursor;
  const seen = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (newest !== undefined && seen.current !== undefined && newest !== seen.current) reloadCustomer();
    if (customer) seen.current = newest ?? "";
  }, [newest, customer === undefined]);
  useEffect(() => {
    if (live.rulesVersion > 0) reloadRules();
  }, [live.rulesVersion]);
}

function Head({
  identity,
  customer,
}: {
  identity: IdentityRef;
  customer: Customer | undefined;
}): JSX.Element {
  const now = useNow();
  const user = customer?.identities.find(({ namespace }) => namespace === "user");
  const name = user?.id ?? `${text.visitor} ${shortIdentity(identity)}`;
  const { firstSeen, lastSeen } = customer?.profile ?? {};
  return (
    <header class="person-head">
      <span class="avatar" aria-hidden="true">
        {initialsOf(user?.id ?? identity.id)}
      </span>
      <div class="stack tight">
        <h1 tabIndex={-1}>{name}</h1>
        <div class="row soft">
          {firstSeen !== undefined && lastSeen !== undefined && (
            <span>{text.seen(formatAgo(firstSeen, now), formatAgo(lastSeen, now))}</span>
          )}
          {customer?.segments.map((segment) => (
            <Chip key={segment} tone="accent">
              {segment}
            </Chip>
          ))}
          {customer && <Chip tone="outline">{text.revision(formatNumber(customer.revision))}</Chip>}
        </div>
      </div>
    </header>
  );
}

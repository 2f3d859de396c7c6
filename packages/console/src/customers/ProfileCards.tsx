import type { Product, ProfileView } from "@vitrine/core";
import type { JSX } from "preact";
import type { Customer } from "../api/types.ts";
import { strings } from "../strings.ts";
import { formatDay, formatMoney, formatNumber } from "../ui/format.ts";
import { Card, Chip, Notice, type Tone } from "../ui/parts.tsx";
import { Thumbnail } from "../ui/Thumbnail.tsx";

const text = strings.customer;
const RECENT_SHOWN = 8;
const ORDERS_SHOWN = 5;

/** The category a rule would continue, and how often each was looked at. */
export function CategoryCard({ profile }: { profile: ProfileView; now: number }): JSX.Element {
  const { category } = profile.lastViewed;
  const counts = Object.entries(profile.categories).sort((a, b) => b[1].total - a[1].total);
  return (
    <Card title={text.category} icon="grid">
      {category ? (
        <div class="stack tight">
          <p class="strong">{category.name}</p>
          <ul class="row">
            {counts.slice(0, 6).map(([id, count]) => (
              <li key={id}>
                <Chip>
                  {id} <span class="soft number">{formatNumber(count.total)}</span>
                </Chip>
              </li>
            ))}
          </ul>
        </div>
      ) : (
        <p class="soft">{text.noCategory}</p>
      )}
    </Card>
  );
}

/** Products looked at, newest first. */
export function RecentCard({ profile }: { profile: ProfileView }): JSX.Element {
  const recent = profile.recent.slice(0, RECENT_SHOWN);
  return (
    <Card title={text.recent} icon="eye">
      {recent.length === 0 && <p class="soft">{text.noRecent}</p>}
      <div class="shelf">
        {recent.map((product) => (
          <figure key={product.id} title={product.name ?? product.id}>
            <Thumbnail product={product} big />
            <figcaption>{product.name ?? product.id}</figcaption>
          </figure>
        ))}
      </div>
    </Card>
  );
}

function ProductLine({ product, quantity }: { product: Product; quantity: number }): JSX.Element {
  const facts = [product.variant, product.size, quantity === 1 ? undefined : `× ${quantity}`]
    .filter(Boolean)
    .join(" · ");
  return (
    <li class="product-line">
      <Thumbnail product={product} />
      <span class="grow">
        <span class="strong">{product.name ?? product.id}</span>
        <br />
        <span class="soft small">
          {facts}
          {product.price !== undefined && ` ${facts && "· "}${formatMoney(product.price, product.currency)}`}
        </span>
      </span>
    </li>
  );
}

/** What lies in the cart. */
export function CartCard({ profile: { cart } }: { profile: ProfileView }): JSX.Element {
  const value = cart.value === undefined ? undefined : formatMoney(cart.value, cart.currency);
  return (
    <Card
      title={text.cart}
      icon="bag"
      aside={
        cart.count > 0 && (
          <span class="soft small">{[text.items(cart.count), value].filter(Boolean).join(" · ")}</span>
        )
      }
    >
      {cart.lines.length === 0 && <p class="soft">{text.emptyCart}</p>}
      <ul class="stack">
        {cart.lines.map(({ product, quantity }) => (
          <ProductLine
            key={`${product.id} ${product.variant} ${product.size}`}
            product={product}
            quantity={quantity}
          />
        ))}
      </ul>
    </Card>
  );
}

const ORDER_TONES: Record<string, Tone> = {
  kept: "good",
  part_returned: "warn",
  returned: "warn",
  cancelled: "bad",
};

/** Orders, newest first. */
export function OrdersCard({ profile: { orders } }: { profile: ProfileView }): JSX.Element {
  return (
    <Card title={text.orders} icon="card">
      {orders.length === 0 && <p class="soft">{text.noOrders}</p>}
      <ul class="stack">
        {orders.slice(0, ORDERS_SHOWN).map((order) => (
          <li key={order.id} class="stack tight">
            <div class="row apart">
              <span>
                <span class="strong">{order.id}</span> <span class="soft small">{formatDay(order.time)}</span>
              </span>
              <span class="row">
                {order.total !== undefined && (
                  <span class="number">{formatMoney(order.total, order.currency)}</span>
                )}
                <Chip tone={ORDER_TONES[order.state] ?? "plain"}>{text.orderState[order.state]}</Chip>
              </span>
            </div>
            <ul class="stack tight">
              {order.lines.map(({ product, quantity }) => (
                <ProductLine
                  key={`${product.id} ${product.variant} ${product.size}`}
                  product={product}
                  quantity={quantity}
                />
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Facts the shop told about the person; contact details are not among them. */
export function TraitsCard({ profile: { traits, searches } }: { profile: ProfileView }): JSX.Element | null {
  const entries = Object.entries(traits);
  if (entries.length === 0 && searches.length === 0) return null;
  return (
    <Card title={text.traits} icon="info">
      <dl class="facts">
        {entries.map(([name, value]) => (
          <div key={name} style={{ display: "contents" }}>
            <dt>{name}</dt>
            <dd>{typeof value === "string" ? value : JSON.stringify(value)}</dd>
          </div>
        ))}
        {searches.length > 0 && (
          <div style={{ display: "contents" }}>
            <dt>{text.searches}</dt>
            <dd>{searches.slice(0, 6).join(", ")}</dd>
          </div>
        )}
      </dl>
    </Card>
  );
}

const CONSENT_TONES: Record<string, Tone> = { granted: "good", denied: "bad", pending: "plain" };

/** What the person allowed. */
export function ConsentCard({ profile: { consent } }: { profile: ProfileView }): JSX.Element {
  return (
    <Card title={text.consent} icon="shield">
      <dl class="facts">
        {(Object.keys(text.purposes) as (keyof typeof text.purposes)[]).map((purpose) => {
          const word = consent[purpose] ?? "pending";
          return (
            <div key={purpose} style={{ display: "contents" }}>
              <dt>{text.purposes[purpose]}</dt>
              <dd>
                <Chip tone={CONSENT_TONES[word] ?? "plain"}>{text.consentWords[word]}</Chip>
              </dd>
            </div>
          );
        })}
      </dl>
    </Card>
  );
}

/** Whether all events of this customer have arrived. */
export function AccountingCard({ customer: { accounting } }: { customer: Customer }): JSX.Element {
  const { writers, missing } = accounting;
  return (
    <Card title={text.account} icon="server">
      {writers === 0 && <p class="soft">{text.accountForeign}</p>}
      {writers > 0 && missing === 0 && <Notice tone="good">{text.accountAll(writers)}</Notice>}
      {missing > 0 && <Notice tone="warn">{text.accountMissing(formatNumber(missing))}</Notice>}
    </Card>
  );
}

import { type Html, html } from "../html.ts";
import { dollars } from "../money.ts";
import type { Page } from "../Reply.ts";
import type { Shop } from "../Shop.ts";
import type { Visit } from "../Visit.ts";

/** Sign-in, or the account when signed in; `problem` says why a sign-in did not work. */
export function accountPage(shop: Shop, { user }: Visit, problem = ""): Page {
  return {
    kind: "page",
    status: problem ? 422 : 200,
    title: user ? "Your account" : "Sign in",
    isPrivate: true,
    body: user ? signedIn(user.name, orderList(shop, user.id)) : signInForm(problem),
    data: { pageType: "account", events: [] },
  };
}

function signInForm(problem: string): Html {
  return html`<div class="narrow slim">
    <h1>Sign in</h1>
    <p class="lead">So that your sizes and your bag are the same on every device.</p>
    <form class="stack" method="post" action="/account/sign-in">
      ${problem && html`<p class="form-error" role="alert" id="user-error">${problem}</p>`}
      <div class="field">
        <label for="user">User name or email</label>
        <input
          id="user"
          name="user"
          autocomplete="username"
          required
          maxlength="60"
          ${problem && html` aria-invalid="true" aria-describedby="user-error"`}
        />
      </div>
      <button class="button button-wide">Sign in</button>
      <p class="summary-note">A demonstration: any name will do, and no password is asked.</p>
    </form>
  </div>`;
}

function signedIn(name: string, orders: Html): Html {
  return html`<div class="narrow">
    <h1>Hello, ${name}</h1>
    <section class="stack" aria-labelledby="orders">
      <h2 id="orders">Your orders</h2>
      ${orders}
    </section>
    <form method="post" action="/account/sign-out" data-sign-out>
      <button class="button-quiet">Sign out</button>
    </form>
  </div>`;
}

function orderList(shop: Shop, userId: string): Html {
  const orders = shop.orders.ofUser(userId);
  if (!orders.length)
    return html`<p>None yet. <a href="/c/sale">The sale</a> is a gentle place to begin.</p>`;
  const day = new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeZone: "UTC" });
  return html`<ul class="order-list" role="list">
    ${orders.map(
      ({ id, placedAt, total, lines }) =>
        html`<li>
          <a href="/order/${id}">Order ${id}</a
          ><span
            >${day.format(placedAt)} · ${lines.length} ${lines.length === 1 ? "style" : "styles"} ·
            ${dollars(total)}</span
          >
        </li>`,
    )}
  </ul>`;
}

import type { ComponentChildren, JSX } from "preact";
import { ask } from "../api/client.ts";
import { useLive } from "../api/liveFeed.ts";
import { linkTo, type PageName, type Route } from "../router.ts";
import { strings } from "../strings.ts";
import { Icon, type IconName } from "../ui/Icon.tsx";
import { Mark } from "./Mark.tsx";

const ITEMS: readonly (readonly [PageName, IconName])[] = [
  ["overview", "overview"],
  ["events", "events"],
  ["customers", "customers"],
  ["requests", "shop"],
  ["devices", "phone"],
  ["kiosks", "mirror"],
  ["rules", "rules"],
  ["keys", "keys"],
  ["audit", "audit"],
];

/** The frame around every page: where one can go, whether the line is open, and the way out. */
export function Shell(props: {
  route: Route;
  onSignOut: () => void;
  children: ComponentChildren;
}): JSX.Element {
  return (
    <div class="frame">
      <header class="side">
        <a class="skip" href="#page" onClick={skip}>
          {strings.skip}
        </a>
        <a class="brand" href={linkTo("overview")} aria-label={strings.brand}>
          <Mark />
          <span>{strings.brand}</span>
        </a>
        <nav class="nav" aria-label={strings.menu}>
          {ITEMS.map(([page, icon]) => (
            <a key={page} href={linkTo(page)} aria-current={page === props.route.page ? "page" : undefined}>
              <Icon name={icon} />
              {strings.nav[page]}
              {page === "requests" && <OpenRequests />}
            </a>
          ))}
        </nav>
        <div class="side-foot">
          <Connection />
          <SignOut onSignOut={props.onSignOut} />
        </div>
      </header>
      {props.children}
    </div>
  );
}

/** A hash link would change the page's address, which is the route. */
function skip(event: Event): void {
  event.preventDefault();
  document.querySelector<HTMLElement>("main h1")?.focus();
}

function Connection(): JSX.Element {
  const { state } = useLive();
  return (
    <div class="connection" role="status">
      <span class={`dot ${state}`} />
      <span>{strings.connection[state]}</span>
    </div>
  );
}

/** How many shoppers wait for an answer, on every page: nobody should have to look for it. */
function OpenRequests(): JSX.Element | null {
  const { openRequests } = useLive();
  if (openRequests === 0) return null;
  return (
    <span class="chip warn">
      {openRequests}
      <span class="only-heard">{strings.requests.open}</span>
    </span>
  );
}

function SignOut({ onSignOut }: { onSignOut: () => void }): JSX.Element {
  const leave = () => {
    // Whatever the server says, this page lets go.
    ask("DELETE", "/session").then(onSignOut, onSignOut);
  };
  return (
    <button type="button" class="quiet small" onClick={leave}>
      <Icon name="signOut" size={15} />
      {strings.signOut}
    </button>
  );
}

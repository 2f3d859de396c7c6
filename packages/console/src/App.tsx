import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { ask, type ApiError } from "./api/client.ts";
import { LiveContext, openLiveFeed } from "./api/liveFeed.ts";
import { SESSION_ENDED } from "./api/useResource.ts";
import { AuditPage } from "./audit/AuditPage.tsx";
import { CustomerPage } from "./customers/CustomerPage.tsx";
import { CustomersPage } from "./customers/CustomersPage.tsx";
import { DevicePage } from "./devices/DevicePage.tsx";
import { DevicesPage } from "./devices/DevicesPage.tsx";
import { EventsPage } from "./events/EventsPage.tsx";
import { KioskPage } from "./kiosks/KioskPage.tsx";
import { KiosksPage } from "./kiosks/KiosksPage.tsx";
import { KeysPage } from "./keys/KeysPage.tsx";
import { Shell } from "./layout/Shell.tsx";
import { SignIn } from "./layout/SignIn.tsx";
import { OverviewPage } from "./overview/OverviewPage.tsx";
import { RequestsPage } from "./requests/RequestsPage.tsx";
import { ResultsPage } from "./results/ResultsPage.tsx";
import { useRoute, type Route } from "./router.ts";
import { RulePage } from "./rules/form/RulePage.tsx";
import { RulesPage } from "./rules/RulesPage.tsx";
import { strings } from "./strings.ts";

/** The console: the sign-in page, or the pages behind it. */
export function App(): JSX.Element | null {
  const [session, setSession] = useState<"unknown" | "open" | "none" | "ended">("unknown");
  useEffect(() => {
    ask("GET", "/overview").then(
      () => setSession("open"),
      (error: ApiError) => setSession(error.status === 401 ? "none" : "open"),
    );
    const end = () => setSession("ended");
    addEventListener(SESSION_ENDED, end);
    return () => removeEventListener(SESSION_ENDED, end);
  }, []);
  if (session === "unknown") return null;
  if (session !== "open")
    return <SignIn hasEnded={session === "ended"} onSignedIn={() => setSession("open")} />;
  return <SignedIn onSignOut={() => setSession("none")} />;
}

function SignedIn({ onSignOut }: { onSignOut: () => void }): JSX.Element {
  const route = useRoute();
  const feed = useMemo(openLiveFeed, []);
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  useEffect(() => () => feed.close(), [feed]);
  const address = [route.page, ...route.rest].join("/");
  useEffect(() => {
    document.title = `${strings.nav[route.page]} · ${strings.brand}`;
    // A page without a load tells screen readers nothing, so the new heading takes the focus.
    if (!isFirst.current) main.current?.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
    isFirst.current = false;
    scrollTo(0, 0);
  }, [address]);
  return (
    <LiveContext.Provider value={feed}>
      <Shell route={route} onSignOut={onSignOut}>
        <main ref={main} id="page" key={address}>
          <PageOf route={route} />
        </main>
      </Shell>
    </LiveContext.Provider>
  );
}

function PageOf({ route: { page, rest } }: { route: Route }): JSX.Element {
  const [namespace, id] = rest;
  switch (page) {
    case "events":
      return <EventsPage />;
    case "customers":
      return namespace && id ? <CustomerPage namespace={namespace} id={id} /> : <CustomersPage />;
    case "requests":
      return <RequestsPage />;
    case "devices":
      return namespace ? <DevicePage id={namespace} /> : <DevicesPage />;
    case "kiosks":
      return namespace ? <KioskPage id={namespace} /> : <KiosksPage />;
    case "rules":
      if (!namespace) return <RulesPage />;
      return id === "edit" ? <RulePage id={namespace} /> : <ResultsPage rule={namespace} />;
    case "keys":
      return <KeysPage />;
    case "audit":
      return <AuditPage />;
    default:
      return <OverviewPage />;
  }
}

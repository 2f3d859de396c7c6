import { attempt } from "./attempt.ts";
import { startVitrine, type Vitrine } from "./client.ts";
import type { Config } from "./config.ts";
import type { CreatePersonal, FetchPart } from "./personalLoader.ts";
import type { PartScript } from "./personalTag.ts";

/** File name and integrity (SRI) of the second script; written by the build, so both are always of one build. */
declare const PERSONAL_FILE: string;
declare const PERSONAL_INTEGRITY: string;

/** Trusted Types (W3C), as far as we use them; absent in older engines. */
declare const trustedTypes: {
  createPolicy: (name: string, rules: { createScriptURL: (url: URL) => URL }) => TrustedPolicy;
};

interface TrustedPolicy {
  createScriptURL: (url: URL) => object;
}

/** Kept for the next script: a page may allow each policy once. Nobody else can reach it. */
let policy: TrustedPolicy | undefined;

/** What a page may have put in place before the script came: calls as `[method, arguments]`. */
interface Stub {
  q?: { 0?: unknown; push: unknown };
}

// Read once, at once: later it is null. A clobbered `currentScript` (an <img name=currentScript>) is no script.
const script = document.currentScript;
const page = window as typeof window & {
  vitrine?: Stub & Partial<Vitrine>;
};
const tag = script instanceof HTMLScriptElement && script.dataset.site ? script : undefined;

if (tag) {
  // The other of two tags may have started by then.
  const begin = () => {
    if (!page.vitrine?.ready) start(tag);
  };
  // Until the first frame is on the glass the machine is the page's own; unless it has something to tell already.
  attempt(() => new PerformanceObserver(begin).observe({ type: "paint", buffered: true }));
  // A hidden page paints none; neither does one without content.
  setTimeout(begin, page.vitrine?.q?.[0] ? 0 : 999);
}

/** Loads a further script from beside the first, refused by the browser unless it is the one that was built with it. */
function fetchPartFrom(base: string, nonce: string): FetchPart {
  return (file = PERSONAL_FILE, integrity = PERSONAL_INTEGRITY) =>
    new Promise((resolve, reject) => {
      const part: PartScript = document.createElement("script");
      const settle = () => {
        part.remove(); // the page stays the shop's own to the byte
        if (part.create) resolve(part.create as CreatePersonal);
        else reject(new Error(file));
      };
      // oxlint-disable-next-line unicorn/prefer-add-event-listener -- the element is ours alone
      part.onload = part.onerror = settle;
      const url = new URL(file, base);
      // Our policy makes the URLs that we ask for. Where the page's own refuses it, or knows none, the URL is tried plain.
      policy ??= attempt(() => trustedTypes.createPolicy("vitrine", { createScriptURL: (one) => one }));
      Object.assign(part, {
        src: policy ? policy.createScriptURL(url) : url,
        integrity,
        crossOrigin: "", // anonymous
        nonce,
      });
      document.head.append(part);
    });
}

/** Reads the tag. What the page's other code taught all objects is not said in it: where events go, and whose rules are good. */
function configOf(dataset: DOMStringMap, src: string): Config {
  // oxlint-disable-next-line typescript/no-misused-spread -- its own properties are what is wanted
  const data = { __proto__: null, endpoint: new URL("/v1", src).href, ...dataset } as unknown as DOMStringMap;
  return Object.assign(data, {
    cookie: "cookie" in data,
    debug: "vitrineDebug" in data,
    dataLayer: data.dataLayer !== "false" && data.dataLayer,
    maxBytes: +data.maxBytes!, // NaN where absent, which is no cap: then the default holds
    pageViews: data.pageViews !== "false",
    personal: data.personal !== "false",
    // These are no attributes: the page's own of these names are about something else.
    channel: undefined,
    store: undefined,
    platform: undefined,
  }) as object as Config;
}

function start({ dataset, src, nonce }: HTMLScriptElement): void {
  const vitrine = startVitrine(configOf(dataset, src), fetchPartFrom(src, nonce));
  const calls = page.vitrine?.q;
  // The stub stays the same object: pages may have kept a reference to it.
  const stub = (page.vitrine = Object.assign(page.vitrine ?? {}, vitrine));
  const call = ([method, args]: [keyof Vitrine, unknown[]]) => {
    try {
      (vitrine[method] as (...args: unknown[]) => unknown)(...args);
    } catch {
      console.info(`vitrine: no ${method}`);
    }
  };
  if (Array.isArray(calls)) for (const queued of calls as [keyof Vitrine, unknown[]][]) call(queued);
  stub.q = { push: call };
}

import { packageFile, packageVersion } from "../../support/packageFile.ts";
import { readJson, writeSettings, type Arrival, type Peer } from "./Peer.ts";

const PACKAGE = "@snowplow/browser-tracker";
const SCHEMA = "iglu:com.example/numbered/jsonschema/1-0-0";

/** One event of `tp2`, Snowplow's tracker protocol; `ue_px` is `ue_pr` in base64url. */
interface SnowplowEvent {
  eid: string;
  ue_pr?: string;
  ue_px?: string;
}

const settings = {
  appId: "bench",
  eventMethod: "post",
  bufferSize: 1,
  maxLocalStorageQueueSize: 25_000,
  stateStorageStrategy: "cookieAndLocalStorage",
  retryFailedRequests: true,
  keepalive: true,
};

/** Snowplow's tracker without plug-ins. */
export const snowplow: Peer = {
  name: PACKAGE,
  version: packageVersion(PACKAGE),
  settings,
  why:
    "its queue is in localStorage with room for more than the longest run; a buffer of 1, which its documentation " +
    "recommends against loss; failed requests are retried, and requests may outlive the page",
  scripts: { "/snowplow.js": packageFile(PACKAGE, "dist/index.umd.min.js") },
  head: (server) => `<script src="/snowplow.js"></script><script>
    const { newTracker, trackPageView, trackSelfDescribingEvent } = snowplowBrowserTracking;
    newTracker("sp", "${server}", ${writeSettings(settings, server)});
    window.subject = {
      ready: () => {},
      track: (n) => trackSelfDescribingEvent({ event: { schema: "${SCHEMA}", data: { n } } }),
      goOn: () => trackPageView(),
    };
  </script>`,
  readEvents: (path, body) => {
    if (!path.endsWith("/tp2")) return [];
    return (readJson<{ data: SnowplowEvent[] }>(body).data ?? []).map(({ eid, ue_pr, ue_px }): Arrival => ({
      id: eid,
      n: readNumber(ue_pr ?? Buffer.from(ue_px ?? "", "base64url").toString()),
    }));
  },
  success: {},
};

function readNumber(selfDescribing: string): number | undefined {
  return readJson<{ data: { data?: { n?: number } } }>(selfDescribing).data?.data?.n;
}

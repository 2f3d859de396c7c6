import { packageFile, packageVersion } from "../../support/packageFile.ts";
import { ADDRESS, readJson, writeSettings, type Arrival, type Peer } from "./Peer.ts";

const PACKAGE = "@segment/analytics-next";
const WRITE_KEY = "bench";

interface SegmentEvent {
  messageId: string;
  properties?: { n?: number };
}

const settings = {
  disableClientPersistence: false,
  retryQueue: true,
  integrations: {
    "Segment.io": {
      apiHost: `${ADDRESS}/v1`,
      protocol: "http",
      deliveryStrategy: { strategy: "standard" },
      httpConfig: { backoffConfig: { maxRetryCount: 100 } },
    },
  },
};

/** Segment's library. Its settings of the site stand in the page, which saves it a request. */
export const segment: Peer = {
  name: PACKAGE,
  version: packageVersion(PACKAGE),
  settings,
  why:
    "client persistence and the retry queue are on; a request for each event, since batches are kept in memory only; " +
    "as many retries as it takes",
  scripts: { "/segment.js": packageFile(PACKAGE, "dist/umd/index.js") },
  head: (server) => `<script src="/segment.js"></script><script>
    const analytics = AnalyticsNext.AnalyticsBrowser.load(
      { writeKey: "${WRITE_KEY}", cdnSettings: { integrations: { "Segment.io": { apiKey: "${WRITE_KEY}" } } } },
      ${writeSettings(settings, new URL(server).host)},
    );
    window.subject = {
      ready: () => analytics.ready(),
      track: (n) => analytics.track("Numbered", { n }),
      goOn: () => analytics.page(),
    };
  </script>`,
  readEvents: (path, body) => {
    if (!/^\/v1\/[a-z]$/.test(path)) return [];
    const request = readJson<SegmentEvent & { batch: SegmentEvent[] }>(body);
    return (request.batch ?? [request as SegmentEvent]).map(({ messageId, properties }): Arrival => ({
      id: messageId,
      n: properties?.n,
    }));
  },
  success: { success: true },
};

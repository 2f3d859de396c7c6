import { packageFile, packageVersion } from "../../support/packageFile.ts";
import { ADDRESS, readJson, writeSettings, type Arrival, type Peer } from "./Peer.ts";

const PACKAGE = "@amplitude/analytics-browser";

interface AmplitudeEvent {
  insert_id: string;
  event_properties?: { n?: number };
}

const settings = {
  serverUrl: `${ADDRESS}/2/httpapi`,
  flushIntervalMillis: 10,
  flushQueueSize: 200,
  flushMaxRetries: 1000,
  autocapture: false,
  fetchRemoteConfig: false,
  enableDiagnostics: false,
};

/** Amplitude's library; unsent events are in localStorage by default, and it stops sending while the browser is offline. */
export const amplitude: Peer = {
  name: PACKAGE,
  version: packageVersion(PACKAGE),
  settings,
  why:
    "unsent events are in localStorage, its default; a flush at once instead of after a second, as many retries as it " +
    "takes, larger uploads; autocapture, remote settings and diagnostics are off, which have no part in delivery",
  scripts: { "/amplitude.js": packageFile(PACKAGE, "lib/scripts/amplitude-min.js") },
  head: (server) => `<script src="/amplitude.js"></script><script>
    const started = amplitude.init("bench", ${writeSettings(settings, server)}).promise;
    window.subject = {
      ready: () => started,
      track: (n) => amplitude.track("Numbered", { n }),
      goOn: () => amplitude.track("Page"),
    };
  </script>`,
  readEvents: (path, body) => {
    if (path !== "/2/httpapi") return [];
    return (readJson<{ events: AmplitudeEvent[] }>(body).events ?? []).map(
      ({ insert_id, event_properties }): Arrival => ({ id: insert_id, n: event_properties?.n }),
    );
  },
  success: { code: 200, events_ingested: 1, payload_size_bytes: 1, server_upload_time: 1 },
};

import { packageFile, packageVersion } from "../../support/packageFile.ts";
import { ADDRESS, readJson, writeSettings, type Arrival, type Peer } from "./Peer.ts";

const PACKAGE = "posthog-js";

interface PostHogEvent {
  uuid: string;
  properties?: { n?: number };
}

const settings = {
  api_host: ADDRESS,
  persistence: "localStorage+cookie",
  request_batching: true,
  request_queue_config: { flush_interval_ms: 250 },
  rate_limiting: { events_per_second: 100_000, events_burst_limit: 1_000_000 },
  opt_out_useragent_filter: true,
  autocapture: false,
  capture_pageview: false,
  capture_pageleave: false,
  disable_session_recording: true,
  disable_surveys: true,
  disable_external_dependency_loading: true,
  advanced_disable_flags: true,
};

/** PostHog's library as npm delivers it. Its queue is in memory; nothing in its settings changes that. */
export const posthog: Peer = {
  name: PACKAGE,
  version: packageVersion(PACKAGE),
  settings,
  why:
    "the queue is in memory whatever is set, so it is sent every 250 ms, the shortest it takes; the limit of 10 events a " +
    "second is raised and the filter that drops automated browsers is off, which would lose all; what has no part in " +
    "delivery is off",
  scripts: { "/posthog.js": packageFile(PACKAGE, "dist/module.js") },
  head: (server) => `<script type="module">
    import posthog from "/posthog.js";
    posthog.init("phc_bench", ${writeSettings(settings, server)});
    window.subject = {
      ready: () => {},
      track: (n) => posthog.capture("Numbered", { n }),
      goOn: () => posthog.capture("$pageview"),
    };
  </script>`,
  readEvents: (path, body) => {
    if (!/^\/(e|i\/v0\/e|batch|capture)\/$/.test(path)) return [];
    const request = readJson<PostHogEvent[] & { batch: PostHogEvent[] } & PostHogEvent>(readForm(body));
    const events = Array.isArray(request)
      ? (request as PostHogEvent[])
      : (request.batch ?? [request as PostHogEvent]);
    return events.map(({ uuid, properties }): Arrival => ({ id: uuid, n: properties?.n }));
  },
  success: { status: 1 },
};

/** Beacons come as a form: `data` is the JSON in base64. */
function readForm(body: string): string {
  const data = body.startsWith("data=") && new URLSearchParams(body).get("data");
  return data ? Buffer.from(data, "base64").toString() : body;
}

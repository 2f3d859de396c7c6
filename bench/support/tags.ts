import type { Site } from "./startSite.ts";

type Where = Pick<Site, "origin" | "host" | "vitrine">;

/** Our script tag with consent given, as a shop writes it that asks elsewhere; later calls wait in the stub. */
export function vitrineTag({ origin, vitrine }: Where): string {
  const { siteKey, rulesKey } = vitrine.site;
  return `<script src="/v/vitrine.js" data-site="${siteKey}" data-rules-key="${rulesKey}"
    data-endpoint="${origin}/v1" data-consent="granted"></script>`;
}

/**
 * Segment's library, posting to the same collector in batches: its other strategy, a request for each event, would
 * cost it more. Its settings stand in the page, which saves it a request.
 */
export function segmentTags({ host, vitrine }: Where): string {
  const { siteKey } = vitrine.site;
  return `<script src="/segment.js"></script><script>
    const analytics = AnalyticsNext.AnalyticsBrowser.load(
      { writeKey: "${siteKey}", cdnSettings: { integrations: { "Segment.io": { apiKey: "${siteKey}" } } } },
      { integrations: { "Segment.io": { apiHost: "${host}/v1", protocol: "http",
          deliveryStrategy: { strategy: "batching", config: { size: 100, timeout: 1000 } } } } },
    );
    analytics.page();
  </script>`;
}

/** GrowthBook's script tag. Its job here is the smaller one: rules without events, and there are no rules. */
export function growthbookTag({ origin }: Where): string {
  return `<script src="/growthbook.js" data-api-host="${origin}" data-client-key="sdk-bench"></script>`;
}

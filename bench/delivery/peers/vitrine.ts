import { basename } from "node:path";
import { ROOT } from "../../support/packageFile.ts";
import { SCRIPTS } from "../../support/scripts.ts";
import { readFileSync } from "node:fs";
import { ADDRESS, readJson, type Arrival, type Peer } from "./Peer.ts";

interface VitrineEvent {
  messageId: string;
  properties?: { n?: number };
}

const { version } = JSON.parse(readFileSync(new URL("packages/browser/package.json", ROOT), "utf8")) as {
  version: string;
};

const settings = {
  "data-site": "vs_bench",
  "data-endpoint": `${ADDRESS}/v1`,
  "data-consent": "granted",
  "data-max-bytes": 50_000_000,
};

/** Ours, by its script tag, with both scripts. */
export const vitrine: Peer = {
  name: "vitrine",
  version,
  settings,
  why: "as it comes; only the room of its outbox is raised, for the 20,000",
  scripts: { "/v/vitrine.js": SCRIPTS.vitrine, [`/v/${basename(SCRIPTS.personal)}`]: SCRIPTS.personal },
  head: (server) => `<script>window.vitrine = { q: [] };</script>
    <script async src="/v/vitrine.js" ${attributes(server)}></script><script>
    window.subject = {
      ready: async () => {
        while (!vitrine.ready) await new Promise((resolve) => setTimeout(resolve, 20));
        await vitrine.ready();
      },
      track: (n) => vitrine.track("Numbered", { n }),
      goOn: () => vitrine.page(),
    };
  </script>`,
  readEvents: (path, body) => {
    if (path !== "/v1/batch") return [];
    return (readJson<{ batch: VitrineEvent[] }>(body).batch ?? []).map(
      ({ messageId, properties }): Arrival => ({ id: messageId, n: properties?.n }),
    );
  },
  success: { success: true },
};

function attributes(server: string): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name}="${String(value).replace(ADDRESS, server)}"`)
    .join(" ");
}

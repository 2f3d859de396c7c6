// A child process: runs the collector on a folder, built from the real source with some texts replaced, until it is killed.
import { registerHooks } from "node:module";
import type { AddressInfo } from "node:net";
import { pino } from "pino";
import type { Patch } from "./startPatchedCollector.ts";

const [dataDir, given] = process.argv.slice(2);
const left = new Set(JSON.parse(given!) as Patch[]);

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context);
    for (const patch of left) {
      if (!url.endsWith(patch.file)) continue;
      const parts = String(loaded.source).split(patch.find);
      if (parts.length !== 2) throw new Error(`${patch.file} has ${parts.length - 1} of: ${patch.find}`);
      loaded.source = parts.join(patch.replace);
      left.delete(patch);
    }
    return loaded;
  },
});

const { createHttpServer, createVitrine, LIMITS } = await import("../../../packages/server/src/index.ts");
for (const { file } of left) throw new Error(`${file} was not loaded`);
const limits = { ...LIMITS, requestsPerSecond: 1e6, eventsPerSecond: 1e9 };
const vitrine = await createVitrine({ dataDir: dataDir!, log: pino({ level: "silent" }), limits });
const server = createHttpServer(vitrine.handler, limits);
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ port, siteKey: vitrine.site.siteKey })}\n`);
});

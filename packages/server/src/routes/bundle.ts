import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { answerZipped } from "../http/answerZipped.ts";
import { HttpProblem } from "../http/problem.ts";
import type { Answer, RequestContext, Route } from "../http/route.ts";

/** `GET /v/vitrine.js` and the other files of the SDK bundle, for any page. */
export function bundleRoutes(): Route[] {
  const files = new Map<string, BundleFile>();
  const handler = (context: RequestContext): Answer => serve(context, files);
  return [{ method: "GET", path: "/v/:file", auth: "none", cors: "none", handler }];
}

interface BundleFile {
  bytes: Buffer;
  gzipped: Buffer;
  /** First 16 hex digits of the SHA-256: the version in `vitrine.0123456789abcdef.js`. */
  hash: string;
}

const TYPES: Record<string, string> = {
  js: "text/javascript; charset=utf-8",
  map: "application/json",
  json: "application/json",
  css: "text/css; charset=utf-8",
};

function serve({ request, params, services }: RequestContext, files: Map<string, BundleFile>): Answer {
  const { bundleDir, serviceWorker } = services.settings;
  // The kill switch of the service worker.
  const name = params.file === "vitrine-worker.js" && !serviceWorker ? "vitrine-worker-off.js" : params.file!;
  // What is called `name.<hash>.ext` (8 digits or more) never changes under that name; `name.ext` answers to it too, while the hash is its own.
  const [, stem, hash, extension] = /^([\w-]+)\.([0-9a-f]{8,16})\.(\w+)$/.exec(name) ?? [];
  const file =
    readBundleFile(bundleDir, name, files) ??
    (hash === undefined ? undefined : readBundleFile(bundleDir, `${stem}.${extension}`, files));
  if (!file || (hash !== undefined && !file.hash.startsWith(hash))) {
    throw new HttpProblem(
      404,
      "not_found",
      "There is no such file in the SDK bundle. Was it built (npm run build)?",
    );
  }
  const headers = {
    "Cache-Control":
      hash === undefined ? "public, max-age=300, must-revalidate" : "public, max-age=31536000, immutable",
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
  };
  const type = TYPES[name.split(".").at(-1)!] ?? "application/octet-stream";
  return answerZipped({ request }, file.hash, headers, {
    plain: file.bytes,
    gzipped: () => file.gzipped,
    type,
  });
}

/** Read once: a new bundle comes with a restart. */
function readBundleFile(dir: string, name: string, files: Map<string, BundleFile>): BundleFile | undefined {
  const known = files.get(name);
  if (known || !/^[\w-][\w.-]*\.(js|map|json|css)$/.test(name)) return known;
  try {
    const bytes = readFileSync(join(dir, name));
    const file = {
      bytes,
      gzipped: gzipSync(bytes, { level: 9 }),
      hash: createHash("sha256").update(bytes).digest("hex").slice(0, 16),
    };
    files.set(name, file);
    return file;
  } catch {
    return undefined; // not built
  }
}

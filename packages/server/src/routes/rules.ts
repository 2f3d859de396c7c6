import { gzipSync } from "node:zlib";
import type { SignedRuleset } from "@vitrine/core";
import { answerZipped } from "../http/answerZipped.ts";
import { readSite } from "../http/readDevice.ts";
import type { Answer, RequestContext, Route } from "../http/route.ts";
import { rulesetsOf } from "../rules/rulesetsOf.ts";

/** What devices read: the published ruleset, signed. */
export const rulesRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/rules", auth: "none", cors: "open", handler: readRules },
];

function readRules(context: RequestContext): Answer {
  const published = rulesetsOf(context.services).current(readSite(context));
  if (!published) return { status: 204 };
  const { signed, version } = published;
  // One version has one text, so the version is the tag.
  return answerZipped(
    context,
    String(version),
    { "Cache-Control": "no-cache", Vary: "Origin" },
    { plain: signed, gzipped: () => gzippedOf(signed), type: "application/json" },
  );
}

const zipped = new WeakMap<SignedRuleset, Buffer>();

/** Every page view of a shop asks for the same text: it is compressed once. */
function gzippedOf(signed: SignedRuleset): Buffer {
  const bytes = zipped.get(signed) ?? gzipSync(JSON.stringify(signed), { level: 9 });
  zipped.set(signed, bytes);
  return bytes;
}

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";

const BUNDLES = new URL("../../packages/browser/dist/bundle/", import.meta.url);

const hasWorkbox = (file: string) => /workbox/i.test(readFileSync(new URL(file, BUNDLES), "utf8"));

describe("what a page loads", () => {
  const files = readdirSync(BUNDLES).filter((name) => name.endsWith(".js"));
  const forPages = files.filter((name) => !name.startsWith("vitrine-worker"));

  it("has nothing of workbox in it", () => {
    for (const name of ["vitrine.js", "first-paint.js"]) assert.ok(forPages.includes(name), forPages.join());
    assert.deepEqual(forPages.filter(hasWorkbox), []);
  });

  it("is told from the worker by that: every module of workbox names itself", () => {
    assert.ok(hasWorkbox("vitrine-worker.js"));
  });
});

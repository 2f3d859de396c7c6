import assert from "node:assert/strict";
import { test } from "node:test";
import { findArticle } from "../../kiosk/src/server/articles.ts";
import type { Server } from "../../kiosk/src/server/server.ts";

const COAT = { sku: "c1", name: "Wool coat", size_group: "coats", size_system: "INT", department: "women" };
const SIZES = [
  { size: "S", sku: "c1-s" },
  { size: "M", sku: "c1-m", stock: 2 },
];

const answering = (body: object): Server => ({ ask: async () => ({ status: 200, body }) });

const found = async (body: object) => {
  const answer = await findArticle(answering(body), "4006381333931");
  assert.equal(answer.state, "found");
  return answer.state === "found" ? answer : assert.fail();
};

test("an article is the piece whose label was scanned", async () => {
  const { article, sizes } = await found({ article: COAT, size: "M", sizes: SIZES });
  assert.deepEqual(article, { ...COAT, size: "M", sizeSku: "c1-m" });
  assert.deepEqual(sizes, SIZES);
});

test("an article that was found by its own number, or is sold in no sizes, has none", async () => {
  assert.deepEqual((await found({ article: COAT, size: null, sizes: SIZES })).article, COAT);
  const only = [{ size: "one size", sku: "c1" }];
  assert.deepEqual((await found({ article: COAT, size: "one size", sizes: only })).article, COAT);
});

import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import { MODULES } from "../../packages/server/src/modules.ts";
import { createMetrics } from "../../packages/server/src/observe/metrics.ts";
import { announceKey } from "../../packages/server/src/rules/changeRulesKeys.ts";
import { asAdmin, enrolKiosk, HEARTBEAT } from "./support/kiosks.ts";
import { newKioskKey } from "./support/newKioskKey.ts";
import { newDevice, runVitrine, viewed, type Device, type Running } from "./support/runVitrine.ts";

interface Media {
  schema: object;
  example?: unknown;
}

interface Operation {
  operationId: string;
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { content?: Record<string, Media> }>;
}

interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
  components: object;
}

/** Pages and files that no program calls. */
const UNDOCUMENTED = [
  "/console",
  "/console/",
  "/console/console.js",
  "/console/console.css",
  "/console/icon.svg",
  "/take/take.js",
  "/take/frames.js",
  "/take/take.css",
  "/take/icon.svg",
];

async function readDocument({ url }: Running): Promise<OpenApi> {
  const answer = await fetch(`${url}/v1/openapi.json`);
  assert.equal(answer.status, 200);
  return (await answer.json()) as OpenApi;
}

const BASE = "https://vitrine.invalid/openapi";

/**
 * A validator of schemas that refer to the document's components. Objects are closed unless they say otherwise, so that
 * an answer cannot hold what the document does not tell.
 */
function createChecker(document: OpenApi): (schema: object, value: unknown) => string {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  const prepare = (schema: object): object =>
    JSON.parse(JSON.stringify(schema).replaceAll('"#/', `"${BASE}#/`), (_key, node: unknown) =>
      isOpenObject(node) ? { ...node, additionalProperties: false } : node,
    ) as object;
  ajv.addSchema({ $id: BASE, components: prepare(document.components) });
  return (schema, value) => (ajv.validate(prepare(schema), value) ? "" : ajv.errorsText());
}

function isOpenObject(node: unknown): node is object {
  return (
    typeof node === "object" &&
    node !== null &&
    "type" in node &&
    node.type === "object" &&
    "properties" in node &&
    !("additionalProperties" in node)
  );
}

function operationsOf(document: OpenApi): [name: string, operation: Operation][] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]): [string, Operation] => [
      `${method.toUpperCase()} ${path}`,
      operation,
    ]),
  );
}

describe("the OpenAPI document", () => {
  it("is a valid OpenAPI 3.1 document", async (t) => {
    const document = await readDocument(await runVitrine(t));
    const validator = new Validator();
    const result = await validator.validate(document as unknown as Record<string, unknown>);
    assert.deepEqual(result.errors, undefined);
    assert.equal(validator.version, "3.1");
  });

  it("describes every endpoint of the server, and no other", async (t) => {
    const running = await runVitrine(t);
    const documented = operationsOf(await readDocument(running)).map(([name]) => name);
    // Routes count themselves among the metrics, once a registry.
    const services = { ...running.vitrine.services, metrics: createMetrics() };
    const routes = MODULES.flatMap((module) => module.routes?.(services) ?? [])
      .filter(({ path }) => !UNDOCUMENTED.includes(path))
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, "{$1}")}`);
    assert.deepEqual(documented.toSorted(), routes.toSorted());
  });

  it("names every operation once, and its examples fit their schemas", async (t) => {
    const document = await readDocument(await runVitrine(t));
    const check = createChecker(document);
    const ids = operationsOf(document).map(([, { operationId }]) => operationId);
    assert.equal(new Set(ids).size, ids.length);
    let examples = 0;
    for (const [name, { requestBody, responses }] of operationsOf(document)) {
      const bodies = [requestBody, ...Object.values(responses)].flatMap((one) =>
        Object.values(one?.content ?? {}),
      );
      for (const { schema, example } of bodies) {
        if (example === undefined) continue;
        examples++;
        assert.equal(check(schema, example), "", name);
      }
    }
    assert.ok(examples > 20);
  });

  it("follows a configured prefix", async (t) => {
    const { url } = await runVitrine(t, { prefix: "/shop/api" });
    const document = (await (await fetch(`${url}/shop/api/openapi.json`)).json()) as OpenApi;
    assert.ok(document.paths["/shop/api/batch"] && document.paths["/shop/api/admin/rules"]);
    assert.equal(document.paths["/v1/batch"], undefined);
  });
});

/** One call and the status it should have. */
interface Call {
  method: string;
  /** As in the document. */
  path: string;
  status: number;
  /** Where it goes, if not to `path`. */
  to?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** Calls that together give every answer with a body that the document describes and that a test can cause. */
function callsOf(running: Running, device: Device): Call[] {
  const { siteKey, secretKey, url } = running;
  const kiosk = { Authorization: `Bearer ${newKioskKey(running)}` };
  const admin = { Authorization: `Bearer ${secretKey}` };
  const asDevice = { Authorization: `Bearer ${device.secret}` };
  const site = `?site=${siteKey}`;
  const get = (path: string, status = 200, more: Partial<Call> = {}): Call => ({
    method: "GET",
    path,
    status,
    ...more,
  });
  const post = (path: string, status: number, body: unknown, more: Partial<Call> = {}): Call => ({
    method: "POST",
    path,
    status,
    body,
    ...more,
  });
  const read = (path: string, more: Partial<Call> = {}): Call =>
    get(`/v1/admin${path}`, 200, { headers: admin, ...more });
  const write = (path: string, status: number, body: unknown, more: Partial<Call> = {}): Call =>
    post(`/v1/admin${path}`, status, body, { headers: admin, ...more });
  const batch = { writeKey: siteKey, device: device.secret, batch: [viewed(device, "w", 2), {}] };
  const experiment = { key: "a", variants: ["control", "on"], weights: [0.1, 0.9] };
  const rules = {
    rules: [
      { id: "a", placement: "b", ramp: 0.5, experiment, action: { type: "message", text: { en: "c" } } },
    ],
  };
  const single = (name: string): Call =>
    post(
      `/v1/${name}`,
      200,
      { anonymousId: "seg-1", event: "E", name: "N", userId: "u", groupId: "g", previousId: "p" },
      {
        headers: { Authorization: `Basic ${Buffer.from(`${siteKey}:`).toString("base64")}` },
      },
    );
  return [
    post("/v1/batch", 200, batch),
    post("/v1/b", 200, batch),
    post("/v1/batch", 400, "{"),
    post("/v1/batch", 401, { writeKey: "vs_no", batch: [] }),
    post("/v1/batch", 413, "x".repeat(600_000)),
    post("/v1/batch", 415, "x", { headers: { "Content-Type": "image/png" } }),
    post("/v1/import", 200, { ...batch, writeKey: secretKey, timesAsGiven: true }),
    ...["track", "t", "page", "p", "identify", "i", "screen", "s", "group", "g", "alias", "a"].map(single),
    get("/v1/profile", 200, { to: `/v1/profile${site}&writers=w`, headers: asDevice }),
    get("/v1/profile", 401, { to: `/v1/profile${site}` }),
    get("/v1/rules", 200, { to: `/v1/rules${site}` }),
    get("/v1/rules", 401),
    get("/v1/next", 401),
    get("/v1/next/after", 401),
    get("/v1/next/after", 400, { to: `/v1/next/after${site}` }),
    get("/v1/next/after", 204, { to: `/v1/next/after${site}&items=["A"]` }),
    get("/v1/rules", 304, { to: `/v1/rules${site}`, headers: { "If-None-Match": '"1"' } }),
    get("/v1/stream", 401),
    post("/v1/device", 204, { writeKey: siteKey, device: device.secret }, { headers: { Origin: url } }),
    post(
      "/v1/device",
      200,
      { writeKey: siteKey },
      { headers: { Origin: url, Cookie: `vitrine_device=${device.secret}` } },
    ),
    post("/v1/device", 403, { writeKey: siteKey }),
    get("/v1/openapi.json"),
    get("/health"),
    get("/ready"),
    get("/metrics"),
    get("/v/{file}", 404, { to: "/v/nothing.js" }),
    get("/console/login", 403, { to: "/console/login?token=spent" }),
    post("/v1/admin/session", 401, { key: "vk_no" }, { headers: { Origin: url, "X-Vitrine-Console": "1" } }),
    post("/v1/admin/session", 403, { key: secretKey }),
    { method: "DELETE", path: "/v1/admin/session", status: 204, headers: admin },
    write("/links", 201, ""),
    read("/overview"),
    read("/accounting"),
    read("/events"),
    read("/customers"),
    read("/customers/{namespace}/{id}", { to: `/v1/admin/customers/anonymous/${device.id}` }),
    get("/v1/admin/customers/{namespace}/{id}", 404, {
      to: "/v1/admin/customers/user/nobody",
      headers: admin,
    }),
    ...[`anonymous/${device.id}`, "user/nobody"].map((one, i): Call => ({
      method: "DELETE",
      path: "/v1/admin/customers/{namespace}/{id}",
      to: `/v1/admin/customers/${one}`,
      status: [200, 404][i]!,
      headers: admin,
    })),
    read("/devices"),
    read("/devices/{id}", { to: `/v1/admin/devices/${device.id}` }),
    get("/v1/admin/devices/{id}", 404, { to: "/v1/admin/devices/d_no", headers: admin }),
    write("/joins/{id}/undo", 404, "", { to: "/v1/admin/joins/1/undo" }),
    read("/rules"),
    read("/rules/history"),
    read("/rules/versions/{version}", { to: "/v1/admin/rules/versions/1" }),
    get("/v1/admin/rules/versions/{version}", 404, { to: "/v1/admin/rules/versions/99", headers: admin }),
    { method: "PUT", path: "/v1/admin/rules/draft", status: 422, body: { rules: [{}] }, headers: admin },
    { method: "PUT", path: "/v1/admin/rules/draft", status: 400, body: "{", headers: admin },
    { method: "PUT", path: "/v1/admin/rules/draft", status: 200, body: rules, headers: admin },
    read("/rules"),
    { method: "DELETE", path: "/v1/admin/rules/draft", status: 200, headers: admin },
    write("/rules/publish", 409, {}),
    { method: "PUT", path: "/v1/admin/rules/draft", status: 200, body: rules, headers: admin },
    write("/rules/check", 200, { rules: [{}] }),
    write("/rules/check", 200, rules),
    { method: "PUT", path: "/v1/admin/rules/review", status: 400, body: {}, headers: admin },
    {
      method: "PUT",
      path: "/v1/admin/rules/review",
      status: 200,
      body: { isNeeded: false },
      headers: admin,
    },
    write("/rules/rehearse", 200, rules),
    write("/rules/preview", 200, { content: rules }),
    write("/rules/preview", 422, { content: { rules: [{}] } }),
    write("/rules/preview", 404, { content: rules, visitor: "user:nobody" }),
    post("/v1/preview", 404, { token: "none" }),
    write("/rules/rehearse", 422, { rules: [{}] }),
    write("/rules/rehearse", 400, rules, { to: "/v1/admin/rules/rehearse?days=none" }),
    write("/rules/publish", 200, { note: "n" }),
    read("/rules/results/{rule}", { to: "/v1/admin/rules/results/a" }),
    get("/v1/admin/rules/results/{rule}", 404, { to: "/v1/admin/rules/results/none", headers: admin }),
    write("/rules/rollback", 409, { version: 2 }),
    write("/rules/rollback", 404, { version: 99 }),
    write("/rules/rollback", 400, { version: "1" }),
    write("/rules/rollback", 200, { version: 1 }),
    ...rulesKeyCalls(running, admin),
    ...catalogueCalls(admin, kiosk, siteKey),
    ...handoffCalls(kiosk),
    read("/requests"),
    write("/requests/{id}/answer", 404, { state: "coming" }, { to: "/v1/admin/requests/r_no/answer" }),
    write("/requests/{id}/answer", 400, {}, { to: "/v1/admin/requests/r_no/answer" }),
    read("/keys"),
    write("/keys", 201, { name: "till", scopes: ["write"] }),
    write("/keys", 400, {}),
    { method: "DELETE", path: "/v1/admin/keys/{id}", to: "/v1/admin/keys/none", status: 404, headers: admin },
    read("/audit"),
    get("/v1/admin/audit", 401),
    get("/v1/admin/keys", 401, { headers: { Authorization: `Bearer ${siteKey}` } }),
  ];
}

function rulesKeyCalls({ vitrine }: Running, admin: Headers): Call[] {
  const base = "/v1/admin/rules/keys";
  const { rulesKeys } = vitrine.services.secrets;
  const { kid } = rulesKeys.current();
  const announced = announceKey(rulesKeys.all(), 1);
  rulesKeys.replace(announced.keys, undefined);
  const of = (method: string, path: string, status: number, id = ""): Call => ({
    method,
    path: base + path,
    to: base + path.replace("{kid}", id),
    status,
    headers: admin,
  });
  return [
    of("GET", "", 200),
    of("POST", "/{kid}/promote", 404, "none"),
    of("POST", "/{kid}/promote", 409, kid),
    of("DELETE", "/{kid}", 404, "none"),
    of("DELETE", "/{kid}", 409, kid),
    of("POST", "/{kid}/promote", 200, announced.kid),
    of("DELETE", "/{kid}", 200, kid),
    of("POST", "", 201),
    of("POST", "", 409),
  ];
}

/** What a kiosk, the phone beside it and the fleet page ask, refusals included; each works on what the ones before left. */
async function checkKiosks(running: Running, check: (call: Call) => Promise<void>): Promise<void> {
  const admin = { Authorization: `Bearer ${running.secretKey}` };
  const kiosk = await enrolKiosk(running);
  const asKiosk = { Authorization: `Bearer ${kiosk.key}` };
  const device = newDevice().secret;
  const of = (method: string, path: string, status: number, more: Partial<Call> = {}): Promise<void> =>
    check({ method, path: `/v1/kiosk${path}`, status, headers: asKiosk, ...more });
  const phone = (path: string, status: number, body: unknown): Promise<void> =>
    check({ method: "POST", path: `/v1/${path}`, status, body });
  const manage = (method: string, path: string, status: number, body?: unknown, id: string = kiosk.id) =>
    check({
      method,
      path: `/v1/admin/kiosks${path}`,
      to: `/v1/admin/kiosks${path.replace("{id}", id)}`,
      status,
      ...(body === undefined ? {} : { body }),
      headers: admin,
    });
  await manage("POST", "", 201, { name: "Mirror 2", store: "berlin" });
  await manage("POST", "", 400, { name: "Mirror 2" });
  await of("POST", "/enrol", 401, { body: { code: "none" } });
  await manage("POST", "/{id}/commands", 201, { kind: "reload" });
  await manage("POST", "/{id}/commands", 400, { kind: "screenshot" });
  await manage("POST", "/{id}/commands", 404, { kind: "reload" }, "none");
  await of("POST", "/heartbeat", 200, { body: { ...HEARTBEAT, diskFree: 1e9 } });
  await of("POST", "/heartbeat", 400, { body: {} });
  await of("POST", "/heartbeat", 401, { body: {}, headers: {} });
  await of("POST", "/heartbeat", 403, { body: {}, headers: admin });
  await of("POST", "/events", 200, { body: { events: [{ messageId: "torn" }], queued: 0 } });
  await of("POST", "/events", 400, { body: {} });
  await of("POST", "/events", 413, { body: { events: Array.from({ length: 201 }, () => ({})) } });
  await manage("GET", "", 200);
  await of("GET", "/rules", 200);
  const { payload } = (await kiosk.call("GET", "/rules")).body as unknown as { payload: string };
  const { version } = JSON.parse(payload) as { version: number };
  await of("GET", "/rules", 204, { to: `/v1/kiosk/rules?known=${version}` });
  await of("POST", "/pairings", 201);
  const { id, code } = await kiosk.show();
  const pairing = { to: `/v1/kiosk/pairings/${id}` };
  await of("GET", "/pairings/{id}", 200, pairing);
  await phone("pairings/read", 200, { code });
  await phone("pairings/read", 404, { code: "none" });
  await phone("pairings/confirm", 400, { code, device: "short" });
  await phone("pairings/confirm", 201, { code, device, scope: ["profile", "looks"] });
  await phone("pairings/confirm", 404, { code, device, scope: ["looks"] });
  await of("GET", "/pairings/{id}", 200, pairing);
  const lease = (await kiosk.leaseOf(id))!.id;
  await of("GET", "/leases/{id}", 200, { to: `/v1/kiosk/leases/${lease}` });
  await of("GET", "/leases/{id}", 200, { to: "/v1/kiosk/leases/none" });
  await of("POST", "/leases/{id}/touch", 200, { to: `/v1/kiosk/leases/${lease}/touch` });
  await of("POST", "/leases/{id}/extend", 200, { to: `/v1/kiosk/leases/${lease}/extend` });
  await of("POST", "/leases/{id}/lock", 200, { to: `/v1/kiosk/leases/${lease}/lock` });
  const lock = { to: `/v1/kiosk/leases/${lease}/lock`, body: { era: 0 } };
  await of("POST", "/leases/{id}/lock", 400, lock);
  await of("POST", "/leases/{id}/extend", 409, { to: `/v1/kiosk/leases/${lease}/extend` });
  await phone("leases/read", 200, { lease, device });
  await phone("leases/reopen", 200, { lease, device });
  await phone("leases/reopen", 404, { lease: "none", device });
  await phone("leases/end", 200, { lease, device });
  await of("POST", "/leases/{id}/end", 200, { to: `/v1/kiosk/leases/${lease}/end` });
  await check({ method: "GET", path: "/mirror", status: 200 });
  await manage("POST", "/{id}/revoke", 204);
  await manage("POST", "/{id}/revoke", 409);
  await manage("POST", "/{id}/commands", 409, { kind: "reload" });
  await manage("POST", "/{id}/codes", 201);
  const { body } = await asAdmin(running, "POST", `/kiosks/${kiosk.id}/codes`);
  await of("POST", "/enrol", 201, { body: { code: body.code }, headers: {} });
  await manage("DELETE", "/{id}", 204);
  await manage("DELETE", "/{id}", 404);
}

type Headers = Record<string, string>;

function catalogueCalls(admin: Headers, kiosk: Headers, siteKey: string): Call[] {
  const put = (path: string, status: number, body: unknown): Call => ({
    method: "PUT",
    path,
    status,
    body,
    headers: admin,
  });
  const ask = (status: number, body: unknown): Call => ({
    method: "POST",
    path: "/v1/kiosk/requests",
    status,
    body,
    headers: kiosk,
  });
  const find = (status: number, code: string): Call => ({
    method: "GET",
    path: "/v1/kiosk/articles",
    to: `/v1/kiosk/articles?code=${code}`,
    status,
    headers: kiosk,
  });
  const inStore = (status: number, question: string): Call => ({
    method: "GET",
    path: "/v1/stock",
    to: `/v1/stock?${question}`,
    status,
  });
  const sizes = [{ size: "M", sku: "c1-m", gtin: "2000000000015" }];
  const listed: Call = { method: "GET", path: "/v1/kiosk/catalogue", status: 200, headers: kiosk };
  return [
    put("/v1/catalogue", 200, { articles: [{ sku: "c1", name: "Coat", sizes }, { sku: "c2" }] }),
    put("/v1/catalogue", 400, {}),
    put("/v1/stock", 200, { store: "berlin", at: 1, levels: [{ sku: "c1-m", quantity: 2 }, {}] }),
    put("/v1/stock", 400, { levels: [] }),
    inStore(200, `site=${siteKey}&sku=c1&store=berlin`),
    inStore(400, `site=${siteKey}&sku=c1`),
    inStore(401, "sku=c1&store=berlin"),
    inStore(404, `site=${siteKey}&sku=c9&store=berlin`),
    listed,
    find(200, "2000000000015"),
    find(404, "0"),
    find(400, ""),
    ask(201, { sku: "c1", size: "M" }),
    ask(200, { sku: "c1-m", size: "M" }),
    ask(404, { sku: "no", size: "M" }),
    ask(422, { sku: "c1", size: "XXL" }),
    {
      method: "GET",
      path: "/v1/kiosk/requests/{id}",
      to: "/v1/kiosk/requests/r_no",
      status: 404,
      headers: kiosk,
    },
  ];
}

function handoffCalls(kiosk: Headers): Call[] {
  const base = "/v1/kiosk/handoffs";
  const part = { path: `${base}/{id}/parts/{n}`, to: `${base}/h_no/parts/0`, body: "sealed", method: "PUT" };
  const sealed = { ...kiosk, "Content-Type": "application/octet-stream" };
  const phone = (method: string, path: string): Call => ({
    method,
    path: `/v1/handoffs/${path}`,
    to: `/v1/handoffs/${path.replace(/\{(id|token)\}/, "no").replace("{n}", "0")}`,
    status: 410,
  });
  return [
    { method: "POST", path: base, status: 201, body: { parts: [{ bytes: 100 }] }, headers: kiosk },
    { method: "POST", path: base, status: 400, body: {}, headers: kiosk },
    { method: "POST", path: base, status: 413, body: { parts: [{ bytes: 200e6 }] }, headers: kiosk },
    { method: "GET", path: `${base}/{id}`, to: `${base}/h_no`, status: 404, headers: kiosk },
    { method: "DELETE", path: `${base}/{id}`, to: `${base}/h_no`, status: 404, headers: kiosk },
    { ...part, status: 404, headers: sealed },
    { ...part, status: 415, headers: kiosk },
    { method: "GET", path: "/take/{token}", to: "/take/no", status: 200 },
    phone("POST", "{token}/open"),
    phone("GET", "{id}/parts/{n}"),
    phone("POST", "{id}/done"),
  ];
}

async function makeCall(
  { url }: Running,
  { method, path, to = path, body, headers = {} }: Call,
): Promise<Response> {
  const sent = body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) };
  return fetch(url + to, {
    method,
    headers: { ...(body === undefined ? {} : { "Content-Type": "application/json" }), ...headers },
    redirect: "manual",
    ...sent,
  });
}

/** Makes a call and compares its answer with what the document says of it. */
async function checkCall(running: Running, document: OpenApi, call: Call): Promise<void> {
  const check = createChecker(document);
  const answer = await makeCall(running, call);
  const name = `${call.method} ${call.path} → ${call.status}`;
  assert.equal(answer.status, call.status, name);
  const described = document.paths[call.path]?.[call.method.toLowerCase()]?.responses[call.status];
  assert.ok(described, `${name} is not described`);
  const type = answer.headers.get("content-type")?.split(";")[0] ?? "";
  const text = await answer.text();
  if (!described.content) return assert.equal(text, "", name);
  const media = described.content[type];
  assert.ok(media, `${name} answers ${type}`);
  if (!type.includes("json")) return;
  assert.equal(check(media.schema, JSON.parse(text)), "", name);
}

async function withVisitor(t: TestContext): Promise<{ running: Running; device: Device }> {
  const running = await runVitrine(t);
  const device = newDevice();
  await running.send([viewed(device, "w", 1)], { device: device.secret });
  return { running, device };
}

describe("real answers", () => {
  it("fit the schemas of the document, refusals included", async (t) => {
    const { running, device } = await withVisitor(t);
    const document = await readDocument(running);
    for (const call of callsOf(running, device)) await checkCall(running, document, call);
    await checkKiosks(running, (call) => checkCall(running, document, call));
  });

  it("were asked of every operation but the endless ones", async (t) => {
    const { running, device } = await withVisitor(t);
    const asked = new Set(callsOf(running, device).map(({ method, path }) => `${method} ${path}`));
    await checkKiosks(running, async (call) => {
      asked.add(`${call.method} ${call.path}`);
      await makeCall(running, call);
    });
    const missing = operationsOf(await readDocument(running)).filter(([name]) => !asked.has(name));
    assert.deepEqual(
      missing.map(([name]) => name),
      ["GET /v1/admin/stream"],
    );
  });
});

// What a page may say to its shell: ten thousand messages a channel, and what became of each.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isTrustedSender } from "../../kiosk/shell/src/main/isTrustedSender.ts";
import { REQUESTS, type RequestName } from "../../kiosk/shell/src/shared/channels.ts";
import { createDoor } from "../../kiosk/shell/src/shared/door.ts";
import { isAllowedCall } from "../../kiosk/shell/src/shared/isAllowedCall.ts";
import { MAX_JSON_BYTES, MessageError } from "../../kiosk/shell/src/shared/parseMessage.ts";

const MESSAGES = 10_000;

/** A door whose deeds are only written down. */
function openDoor() {
  const deeds: { name: string; args: unknown[] }[] = [];
  const note =
    (name: string) =>
    (...args: unknown[]) => {
      deeds.push({ name, args });
      return undefined as never;
    };
  const kiosk = {
    identity: note("identity"),
    enrol: note("enrol"),
    call: note("call"),
    eventKey: note("eventKey"),
    learnKeys: note("learnKeys"),
  };
  const door = createDoor({ kiosk, onBeat: note("beat"), onTrack: note("track"), onWipe: note("wipe") });
  return { deeds, door };
}

const VALID: Record<RequestName, unknown> = {
  identity: undefined,
  wipe: null,
  enrol: { code: "ABCD-EFGH", endpoint: "https://vitrine.shop.example" },
  call: { method: "POST", path: "/v1/kiosk/pairings", body: {} },
  track: { event: { name: "Size Requested", sku: "B8-M", size: "M" }, session: "3f0c0a9e-5c1d" },
  beat: { session: "idle", camera: "live", version: "1.2.3", rules: undefined, fps: 60 },
};

const hostile = fc.oneof(
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withTypedArray: true,
    withNullPrototype: true,
  }),
  fc.constantFrom<unknown>(
    JSON.parse('{"__proto__":{"method":"GET","path":"/v1/kiosk/leases/a"}}'),
    { constructor: { prototype: { path: "/v1/kiosk/pairings" } } },
    { method: "GET", path: "/v1/kiosk/../admin/keys" },
    { method: "GET", path: "/v1/kiosk/leases/%2e%2e" },
    { method: "GET", path: "//evil.example/v1/kiosk/leases/a" },
    { method: "POST", path: "/v1/kiosk/pairings", body: 1n },
    { method: "POST", path: "/v1/kiosk/pairings", body: "x".repeat(MAX_JSON_BYTES) },
    { event: { name: "Order Completed" }, session: "3f0c0a9e-5c1d" },
    {
      event: { name: "Look Recorded", look: 1, image: "data:image/png;base64,AAAA" },
      session: "3f0c0a9e-5c1d",
    },
    { event: { name: "Label Scanned", code: "x".repeat(1000) }, session: "3f0c0a9e-5c1d" },
    { code: "ABCD-EFGH", endpoint: "http://evil.example" },
    { code: "ABCD-EFGH", endpoint: "https://user:pass@vitrine.example" },
    { code: "ABCD-EFGH", endpoint: "javascript:alert(1)" },
    new Uint8Array(1 << 20),
    Array.from({ length: 10_000 }, () => null),
  ),
);

/** A valid message with one field put wrong: what a careless parser lets through. */
const nearly = (name: RequestName) => {
  const valid = VALID[name];
  if (typeof valid !== "object" || valid === null) return hostile;
  const fields = Object.keys(valid);
  return fc.tuple(fc.constantFrom(...fields), fc.oneof(hostile, fc.string())).map(([field, value]) => ({
    ...valid,
    [field]: value,
  }));
};

/** What every deed must be like, whatever was said; written apart from the parser. */
function checkDeed({ name, args }: { name: string; args: unknown[] }): void {
  if (name === "enrol") {
    assert.match(String(args[0]), /^[\w-]{4,64}$/);
    assert.match(String(args[1]), /^(https:\/\/[^/@]+|http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?)$/);
  }
  if (name === "call") {
    assert.match(String(args[1]), /^\/v1\/kiosk\/[\w/%.~?=-]+$/);
    assert.doesNotMatch(String(args[1]).split("?")[0]!, /\.|%|\/\//);
    assert.ok(
      args[2] === undefined || args[2] instanceof Uint8Array || JSON.parse(String(args[2])) !== undefined,
    );
  }
  if (name === "track") {
    const { event, session, ...more } = args[0] as {
      event: { name: string };
      session: string;
      attribution?: string;
    };
    assert.match(session, /^[\w-]{8,64}$/);
    assert.match(more.attribution ?? "none", /^[\w-]{1,1024}$/);
    assert.ok(JSON.stringify(event).length < 300 && /^[A-Z][A-Za-z ]+$/.test(event.name));
    assert.deepEqual(
      Object.keys(more).filter((field) => field !== "attribution"),
      [],
    );
  }
  if (name === "beat")
    assert.deepEqual(Object.keys(args[0] as object), ["session", "camera", "version", "rules", "fps"]);
}

for (const name of REQUESTS) {
  test(`${name}: ${MESSAGES} hostile messages are refused by name, or do only what is allowed`, async () => {
    const { deeds, door } = openDoor();
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(fc.oneof(hostile, nearly(name)), async (payload) => {
        const before = deeds.length;
        try {
          await door(name, payload);
          assert.equal(deeds.length, before + 1);
          checkDeed(deeds.at(-1)!);
        } catch (error) {
          if (!(error instanceof MessageError)) throw error;
          refused++;
          assert.equal(deeds.length, before, "a refused message did something");
        }
      }),
      { numRuns: MESSAGES },
    );
    assert.ok(refused > MESSAGES / 10, `only ${refused} were refused: the messages are too tame`);
  });

  test(`${name}: what the page really says is done`, async () => {
    const { deeds, door } = openDoor();
    await door(name, VALID[name]);
    assert.equal(deeds.length, 1);
    checkDeed(deeds[0]!);
  });
}

test(`${MESSAGES} senders: only the main frame of the window on the screen, on our origin, is heard`, () => {
  const url = fc.oneof(
    fc.webUrl(),
    fc.constantFrom("mirror://kiosk/", "mirror://kiosk/safe.html", "mirror://kiosk", undefined),
    fc.constantFrom(
      "mirror://kiosk.evil/",
      "mirror://kiosk@evil/",
      "mirror:/kiosk/",
      "about:blank",
      "",
      "file:///",
    ),
  );
  fc.assert(
    fc.property(url, fc.boolean(), fc.boolean(), (url, isMainFrame, isCurrent) => {
      const isOwn = url === "mirror://kiosk" || url?.startsWith("mirror://kiosk/") === true;
      assert.equal(isTrustedSender({ url, isMainFrame, isCurrent }), isOwn && isMainFrame && isCurrent);
    }),
    { numRuns: MESSAGES },
  );
});

test("calls: the kiosk's own, and nothing beside them", () => {
  for (const [method, path] of [
    ["GET", "/v1/kiosk/rules"],
    ["GET", "/v1/kiosk/rules?known=12"],
    ["POST", "/v1/kiosk/pairings"],
    ["GET", "/v1/kiosk/pairings/pr_1"],
    ["GET", "/v1/kiosk/leases/ls_1"],
    ["POST", "/v1/kiosk/leases/ls_1/touch"],
    ["POST", "/v1/kiosk/leases/ls_1/extend"],
    ["GET", "/v1/kiosk/articles?code=4006381333931"],
    ["POST", "/v1/kiosk/requests"],
    ["PUT", "/v1/kiosk/handoffs/ho_1/parts/0"],
    ["GET", "/v1/kiosk/handoffs/ho_1"],
    ["DELETE", "/v1/kiosk/handoffs/ho_1"],
  ] as const)
    assert.ok(isAllowedCall(method, path), `${method} ${path}`);
  for (const [method, path] of [
    ["POST", "/v1/kiosk/enrol"],
    ["POST", "/v1/kiosk/heartbeat"],
    ["POST", "/v1/kiosk/events"],
    ["GET", "/v1/admin/kiosks"],
    ["GET", "/v1/kiosk/rules?known=1&site=2"],
    ["POST", "/v1/kiosk/rules"],
    ["POST", "/v1/batch"],
    ["DELETE", "/v1/kiosk/leases/ls_1"],
    ["GET", "/v1/kiosk/leases/ls_1/../../admin"],
    ["GET", "/v1/kiosk/leases/ls_1\n"],
    ["GET", "/v1/kiosk/articles?code=1&site=2"],
    ["get", "/v1/kiosk/leases/ls_1"],
  ] as const)
    assert.ok(!isAllowedCall(method, path), `${method} ${path}`);
});

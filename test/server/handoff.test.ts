import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import type { OpenedHandoff } from "../../packages/server/src/handoff/handoffs.ts";
import { handoffsOf } from "../../packages/server/src/handoff/handoffsOf.ts";
import { readRange } from "../../packages/server/src/handoff/readRange.ts";
import { LIMITS, type VitrineOptions } from "../../packages/server/src/index.ts";
import { asKey, newKey, type Call } from "./support/asKey.ts";
import { newKioskKey } from "./support/newKioskKey.ts";
import { NOW, runVitrine, type Running } from "./support/runVitrine.ts";

const MINUTE = 60_000;

interface Sent {
  id: string;
  token: string;
  parts: Buffer[];
  until: number;
}

interface Mirror {
  server: Running;
  kiosk: Call;
  phone: Call;
  send(sizes?: number[], more?: object): Promise<Sent>;
  open(token: string, attempt?: string): ReturnType<typeof openWith>;
  read(opened: OpenedHandoff, n: number, range?: string): Promise<Response>;
}

const openWith = (phone: Call, token: string, attempt?: string) =>
  phone<OpenedHandoff & { code: string; detail: string }>(
    "POST",
    `/v1/handoffs/${token}/open`,
    attempt === undefined ? {} : { attempt },
  );

function mirrorOn(server: Running, key = newKioskKey(server)): Mirror {
  const kiosk = asKey(server, key);
  const phone = asKey(server);
  return {
    server,
    kiosk,
    phone,
    async send(sizes = [300, 70_000], more = {}) {
      const parts = sizes.map((size) => randomBytes(size));
      const created = await kiosk<{ id: string; url: string; until: number }>("POST", "/v1/kiosk/handoffs", {
        parts: sizes.map((bytes) => ({ bytes })),
        ...more,
      });
      assert.equal(created.status, 201, JSON.stringify(created.body));
      const { id, url, until } = created.body;
      for (const [n, part] of parts.entries())
        assert.equal((await kiosk("PUT", `/v1/kiosk/handoffs/${id}/parts/${n}`, part)).status, 204);
      return { id, token: new URL(url).pathname.split("/").at(-1)!, parts, until };
    },
    open: (token, attempt) => openWith(phone, token, attempt),
    read: (opened, n, range) =>
      fetch(`${server.url}/v1/handoffs/${opened.id}/parts/${n}`, {
        headers: { Authorization: `Bearer ${opened.capability}`, ...(range ? { Range: range } : {}) },
      }),
  };
}

const runMirror = async (t: TestContext, options: Partial<VitrineOptions> = {}) =>
  mirrorOn(await runVitrine(t, options));

const foldersOf = ({ dataDir }: Running): string[] => readdirSync(join(dataDir, "handoffs"));

/** How link previews, mail scanners and crawlers call themselves. */
const BOTS =
  `WhatsApp/2.23.20.0 A|facebookexternalhit/1.1|Twitterbot/1.0|Slackbot-LinkExpanding 1.0|TelegramBot (like TwitterBot)|
  Discordbot/2.0|LinkedInBot/1.0|SkypeUriPreview Preview/0.5|Applebot/0.1|Googlebot/2.1|bingbot/2.0|Pinterestbot/1.0|
  redditbot/1.0|vkShare|Iframely/1.3.1|Embedly/0.2|MicroMessenger/8.0|Line/13.0|Viber/20|Signal-Android/7|
  Barracuda Sentinel|Proofpoint URL Defense|Mimecast|Microsoft Office/16.0 Safelinks|YandexBot/3.0`
    .split("|")
    .map((name) => name.trim());

describe("a hand-off", () => {
  it("goes from the kiosk to one phone, byte for byte", async (t) => {
    const { send, open, read, kiosk } = await runMirror(t);
    const { id, token, parts, until } = await send();
    assert.equal(until, NOW + 10 * MINUTE);
    assert.match(token, /^[\w-]{32}$/, "192 random bits");
    const state = () => kiosk<{ state: string }>("GET", `/v1/kiosk/handoffs/${id}`);
    assert.equal((await state()).body.state, "waiting");
    const { body } = await open(token);
    assert.deepEqual(body.parts, [{ bytes: 300 }, { bytes: 70_000 }]);
    assert.ok(Buffer.from(body.capability, "base64url").length >= 16);
    assert.equal((await state()).body.state, "taken");
    for (const [n, part] of parts.entries()) {
      const answer = await read(body, n);
      assert.equal(answer.headers.get("cache-control"), "no-store");
      assert.ok(part.equals(Buffer.from(await answer.arrayBuffer())));
    }
  });

  it("is read on from where the network broke", async (t) => {
    const { send, open, read } = await runMirror(t);
    const { token, parts } = await send([1000]);
    const { body } = await open(token);
    for (const [range, status, from, to] of [
      ["bytes=0-99", 206, 0, 100],
      ["bytes=400-", 206, 400, 1000],
      ["bytes=-10", 206, 990, 1000],
      ["bytes=990-5000", 206, 990, 1000],
      ["bytes=5-1", 200, 0, 1000],
      ["bytes=0-1,5-6", 200, 0, 1000],
    ] as const) {
      const answer = await read(body, 0, range);
      assert.equal(answer.status, status, range);
      assert.ok(parts[0]!.subarray(from, to).equals(Buffer.from(await answer.arrayBuffer())), range);
    }
    const beyond = await read(body, 0, "bytes=1000-");
    assert.deepEqual([beyond.status, beyond.headers.get("content-range")], [416, "bytes */1000"]);
    assert.equal(readRange("bytes=-0", 10), "unsatisfiable");
  });

  it("is not spent by 25 previews and scanners that get and head it ten times each", async (t) => {
    const { server, send, open } = await runMirror(t);
    assert.equal(BOTS.length, 25);
    const { token } = await send();
    const pages = new Set<string>();
    for (let round = 0; round < 10; round++) {
      for (const bot of BOTS) {
        const ask = (method: string) =>
          fetch(`${server.url}/take/${token}`, {
            method,
            headers: { "User-Agent": bot, Referer: "https://chat.example/" },
          });
        const [page, head] = await Promise.all([ask("GET"), ask("HEAD")]);
        assert.deepEqual([page.status, head.status, await head.text()], [200, 200, ""]);
        pages.add(await page.text());
        const guess = await fetch(`${server.url}/v1/handoffs/${token}/open`, {
          headers: { "User-Agent": bot },
        });
        assert.equal(guess.status, 405, "only a POST opens");
      }
    }
    pages.add(await (await fetch(`${server.url}/take/${"x".repeat(32)}`)).text());
    assert.equal(pages.size, 1, "the page is the same for every token, also for none");
    assert.equal((await open(token)).status, 200, "the human gets it");
    assert.equal((await open(token)).status, 410);
  });

  it("is opened exactly once in 100 races of ten phones", async (t) => {
    const { send, open, kiosk } = await runMirror(t);
    const winners: number[] = [];
    for (let race = 0; race < 100; race++) {
      const { id, token } = await send([32]);
      const answers = await Promise.all(Array.from({ length: 10 }, () => open(token)));
      winners.push(answers.filter(({ status }) => status === 200).length);
      assert.equal(answers.filter(({ status }) => status === 410).length, 9);
      await kiosk("DELETE", `/v1/kiosk/handoffs/${id}`);
    }
    assert.deepEqual([...new Set(winners)], [1]);
  });

  it("is opened exactly once in a race of 1,000 phones, who each have a secret of their own", async (t) => {
    const { send, open } = await runMirror(t);
    const { token } = await send();
    const answers = await Promise.all(
      Array.from({ length: 1000 }, () => open(token, randomBytes(16).toString("base64url"))),
    );
    const tally = Map.groupBy(answers, ({ status }) => status);
    assert.deepEqual([tally.get(200)?.length, tally.get(410)?.length], [1, 999]);
  });

  it("is answered again to the phone whose answer was lost, by its own secret", async (t) => {
    const { send, open } = await runMirror(t);
    const { token } = await send();
    const attempt = randomBytes(16).toString("base64url");
    const first = await open(token, attempt);
    assert.deepEqual((await open(token, attempt)).body, first.body);
    assert.equal((await open(token, randomBytes(16).toString("base64url"))).status, 410);
    assert.equal((await open(token, "short")).status, 400);
  });

  it("tells nobody whether a link was used, has ended, or never was", async (t) => {
    const { server, send, open, phone } = await runMirror(t);
    const [used, done, late] = [await send(), await send(), await send()];
    await open(used.token);
    const { body } = await open(done.token);
    const asPhone = asKey(server, body.capability);
    assert.equal((await asPhone("POST", `/v1/handoffs/${body.id}/done`)).status, 204);
    server.clock.now += 10 * MINUTE;
    const answers = await Promise.all(
      [used.token, done.token, late.token, randomBytes(24).toString("base64url"), "x", "%20"].map((token) =>
        openWith(phone, token),
      ),
    );
    assert.equal(new Set(answers.map(({ status, body }) => `${status} ${JSON.stringify(body)}`)).size, 1);
    assert.equal(answers[0]!.status, 410);
  });

  it("is read and ended by the capability alone", async (t) => {
    const { server, send, open } = await runMirror(t);
    const [mine, other] = [(await open((await send()).token)).body, (await open((await send()).token)).body];
    const { token, id } = await send();
    const wrong = [
      undefined,
      "",
      "x",
      other.capability,
      token,
      server.secretKey,
      mine.capability.slice(0, -1),
    ];
    for (const key of wrong) {
      const call = asKey(server, key);
      assert.equal((await call("GET", `/v1/handoffs/${mine.id}/parts/0`)).status, 410, String(key));
      assert.equal((await call("POST", `/v1/handoffs/${mine.id}/done`)).status, 410, String(key));
    }
    const unopened = asKey(server, mine.capability);
    assert.equal((await unopened("GET", `/v1/handoffs/${id}/parts/0`)).status, 410, "nobody opened that one");
    for (const n of ["2", "-1", "0.5", "00x", "..%2f0"])
      assert.equal((await unopened("GET", `/v1/handoffs/${mine.id}/parts/${n}`)).status, 410, n);
  });

  it("waits for the last part, and is not spent by whoever came too early", async (t) => {
    const { kiosk, open } = await runMirror(t);
    const parts = [{ bytes: 32 }, { bytes: 32 }];
    const { body } = await kiosk<{ id: string; url: string }>("POST", "/v1/kiosk/handoffs", { parts });
    const token = body.url.split("/").at(-1)!;
    const put = (n: number) => kiosk("PUT", `/v1/kiosk/handoffs/${body.id}/parts/${n}`, randomBytes(32));
    await put(0);
    assert.deepEqual([(await open(token)).status, (await open(token)).body.code], [409, "not_ready"]);
    await put(1);
    assert.equal((await put(1)).status, 204, "may be sent again");
    assert.equal((await open(token)).status, 200);
    assert.equal((await put(1)).status, 409, "not once a phone has it");
  });
});

describe("a part", () => {
  it("has exactly the bytes that were announced, and is sealed", async (t) => {
    const { server, kiosk } = await runMirror(t);
    const { body } = await kiosk<{ id: string }>("POST", "/v1/kiosk/handoffs", { parts: [{ bytes: 64 }] });
    const put = async (bytes: Buffer, headers?: Record<string, string>) => {
      const { status, body: told } = await kiosk<{ code?: string }>(
        "PUT",
        `/v1/kiosk/handoffs/${body.id}/parts/0`,
        bytes,
        headers,
      );
      return `${status} ${told.code ?? ""}`;
    };
    const webm = Buffer.concat([Buffer.from("1a45dfa3", "hex"), randomBytes(60)]);
    const mp4 = Buffer.concat([randomBytes(4), Buffer.from("ftypisom"), randomBytes(52)]);
    assert.equal(await put(webm), "422 not_sealed");
    assert.equal(await put(mp4), "422 not_sealed");
    assert.equal(await put(randomBytes(63)), "400 incomplete");
    assert.equal(await put(randomBytes(65)), "413 too_large");
    assert.equal(await put(randomBytes(3_000_000)), "413 too_large");
    assert.equal(await put(randomBytes(64), { "Content-Type": "text/plain" }), "415 unknown_type");
    assert.equal(await put(randomBytes(64), { "Content-Encoding": "gzip" }), "415 unknown_encoding");
    assert.deepEqual(readdirSync(join(server.dataDir, "handoffs", body.id)), [], "nothing of these is kept");
    assert.equal(await put(randomBytes(64)), "204 ");
    const other = asKey(server, newKioskKey(server));
    assert.equal((await other("PUT", `/v1/kiosk/handoffs/${body.id}/parts/0`, randomBytes(64))).status, 404);
    assert.equal((await other("DELETE", `/v1/kiosk/handoffs/${body.id}`)).status, 404);
    assert.equal((await kiosk("PUT", `/v1/kiosk/handoffs/${body.id}/parts/1`, randomBytes(64))).status, 404);
  });

  it("is bounded in size, number and time", async (t) => {
    const { server, kiosk, send } = await runMirror(t, {
      limits: { maxHandoffBytes: 1000, maxWaitingBytes: 3000 },
    });
    const create = async (body: object, from = kiosk) => {
      const { status, body: told } = await from<{ code?: string; until?: number }>(
        "POST",
        "/v1/kiosk/handoffs",
        body,
      );
      return { status, ...told };
    };
    assert.equal((await create({ parts: [{ bytes: 500 }, { bytes: 501 }] })).code, "too_large");
    for (const parts of [
      [],
      [{}],
      [{ bytes: 15 }],
      [{ bytes: 1.5 }],
      Array.from({ length: 41 }, () => ({ bytes: 16 })),
      "x",
    ])
      assert.equal((await create({ parts })).status, 400, JSON.stringify(parts));
    const parts = [{ bytes: 16 }];
    assert.equal((await create({ parts, until: NOW + MINUTE })).until, NOW + MINUTE);
    assert.equal(
      (await create({ parts, until: NOW + 100 * MINUTE })).until,
      NOW + 10 * MINUTE,
      "no longer than that",
    );
    assert.equal((await create({ parts, until: NOW })).status, 400);
    for (let i = 0; i < 6; i++) await send([16]);
    assert.deepEqual([(await create({ parts })).code, foldersOf(server).length], ["too_many", 6]);
    const next = asKey(server, newKioskKey(server));
    await create({ parts: [{ bytes: 1000 }] }, next);
    await create({ parts: [{ bytes: 1000 }] }, next);
    const full = await create({ parts: [{ bytes: 1000 }] }, next);
    assert.deepEqual([full.status, full.code], [507, "no_room"]);
    server.clock.now += 10 * MINUTE;
    assert.equal(
      (await create({ parts: [{ bytes: 1000 }] }, next)).status,
      201,
      "room again, once they ended",
    );
  });

  it("of 120 MB in all is taken by default", () =>
    assert.deepEqual([LIMITS.maxHandoffBytes, LIMITS.maxWaitingBytes], [120e6, 2e9]));
});

describe("an end", () => {
  it("by the phone or the kiosk leaves neither file nor row", async (t) => {
    const { server, send, open, kiosk } = await runMirror(t);
    const [first, second] = [await send(), await send()];
    assert.equal(foldersOf(server).length, 2);
    const { body } = await open(first.token);
    const asPhone = asKey(server, body.capability);
    assert.equal((await asPhone("POST", `/v1/handoffs/${body.id}/done`)).status, 204);
    assert.equal((await asPhone("POST", `/v1/handoffs/${body.id}/done`)).status, 410);
    assert.equal((await asPhone("GET", `/v1/handoffs/${body.id}/parts/0`)).status, 410);
    assert.equal((await kiosk("DELETE", `/v1/kiosk/handoffs/${second.id}`)).status, 204);
    await handoffsOf(server.vitrine.services).settled();
    assert.deepEqual(foldersOf(server), []);
    assert.equal(server.vitrine.services.database.sql("SELECT COUNT(*) AS n FROM handoffs").get()!.n, 0);
  });

  it("comes after ten minutes, opened or not", async (t) => {
    const { server, send, open, read } = await runMirror(t);
    const [opened, waiting] = [await send(), await send()];
    const { body } = await open(opened.token);
    server.clock.now += 10 * MINUTE - 1;
    assert.equal((await read(body, 0)).status, 200);
    server.clock.now += 1;
    assert.equal((await read(body, 0)).status, 410, "at once, before anything is swept");
    assert.equal((await open(waiting.token)).status, 410);
    handoffsOf(server.vitrine.services).sweep();
    await handoffsOf(server.vitrine.services).settled();
    assert.deepEqual(foldersOf(server), []);
  });

  it("also comes for what ended, or lost its row, while the server was away; the rest goes on", async (t) => {
    const mirror = await runMirror(t);
    const { server, send, open } = mirror;
    const key = newKioskKey(server);
    const old = await send();
    server.clock.now += 5 * MINUTE;
    const young = await mirrorOn(server, key).send();
    const { body } = await open(young.token);
    await server.stop();
    const orphan = join(server.dataDir, "handoffs", "h_orphan");
    mkdirSync(orphan);
    writeFileSync(join(orphan, "0.1.part"), randomBytes(99));
    server.clock.now += 5 * MINUTE;
    const again = await server.restart();
    await handoffsOf(again.vitrine.services).settled();
    assert.deepEqual(foldersOf(again), [young.id]);
    const later = mirrorOn(again, key);
    assert.equal((await later.open(old.token)).status, 410);
    assert.ok(young.parts[1]!.equals(Buffer.from(await (await later.read(body, 1)).arrayBuffer())));
  });

  it("overwrites the bytes, not only their name", async (t) => {
    const { server, send, kiosk } = await runMirror(t);
    const { id } = await send([100_000]);
    const path = join(server.dataDir, "handoffs", id, "0");
    const file = openSync(path, "r");
    await kiosk("DELETE", `/v1/kiosk/handoffs/${id}`);
    await handoffsOf(server.vitrine.services).settled();
    const left = Buffer.alloc(100_000, 1);
    readSync(file, left, 0, left.length, 0);
    closeSync(file);
    assert.ok(left.equals(Buffer.alloc(100_000)) && !existsSync(path));
  });
});

describe("what a hand-off leaves behind", () => {
  it("is no token, capability or part in log, metrics or database", async (t) => {
    const { server, send, open, read } = await runMirror(t);
    const { token, parts } = await send();
    await fetch(`${server.url}/take/${token}`);
    const { body } = await open(token);
    await (await read(body, 1)).arrayBuffer();
    await open(token);
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    server.vitrine.services.database.raw.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    const stored = readFileSync(join(server.dataDir, "vitrine.db"));
    for (const secret of [token, body.capability, newKey(server, "kiosk")]) {
      assert.ok(!server.logged().includes(secret), "log");
      assert.ok(!metrics.includes(secret), "metrics");
      assert.ok(!stored.includes(secret), "database");
    }
    assert.ok(!stored.includes(parts[1]!.subarray(0, 32)), "a part");
    assert.match(server.logged(), /\/take\/:token/, "control: the request was logged");
  });

  it("is a page that sends its address nowhere and may load nothing of others", async (t) => {
    const { server } = await runMirror(t);
    const page = await fetch(`${server.url}/take/${"x".repeat(32)}`);
    const header = (name: string) => page.headers.get(name);
    assert.equal(header("referrer-policy"), "no-referrer");
    assert.equal(header("cache-control"), "no-store");
    assert.match(header("x-robots-tag")!, /noindex/);
    const policy = header("content-security-policy")!;
    assert.match(policy, /^default-src 'none'; script-src 'self';/);
    assert.doesNotMatch(policy, /unsafe|https?:|\*/);
    const html = await page.text();
    assert.doesNotMatch(html, /<script(?![^>]*src=)|style=|\son\w+=|x{32}/);
  });
});

import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { gzipSync } from "node:zlib";
import { amplitude } from "../../bench/delivery/peers/amplitude.ts";
import type { Peer } from "../../bench/delivery/peers/Peer.ts";
import { posthog } from "../../bench/delivery/peers/posthog.ts";
import { segment } from "../../bench/delivery/peers/segment.ts";
import { snowplow } from "../../bench/delivery/peers/snowplow.ts";
import { vitrine } from "../../bench/delivery/peers/vitrine.ts";
import { playCell, type Cell } from "../../bench/delivery/playCell.ts";
import { startRecordingServer, type RecordingServer } from "../../bench/delivery/recordingServer.ts";
import { allWell } from "../../bench/delivery/scenarios/allWell.ts";
import { createAlone, runTogether } from "../../bench/delivery/turns.ts";
import { verdict } from "../../bench/delivery/verdict.ts";
import { temporaryFolder } from "../support/shopper.ts";

const PEERS = [vitrine, segment, snowplow, amplitude, posthog];
const EVENTS = 40;

/** Requests as the libraries made them, to the fields that count. */
const REQUESTS: { what: string; peer: Peer; path: string; body: string | Uint8Array<ArrayBuffer> }[] = [
  { what: "Segment, an event", peer: segment, path: "/v1/t", body: `{"messageId":"a","properties":{"n":7}}` },
  {
    what: "Segment, a batch",
    peer: segment,
    path: "/v1/b",
    body: `{"batch":[{"messageId":"a","properties":{"n":7}}]}`,
  },
  {
    what: "Snowplow, plain",
    peer: snowplow,
    path: "/com.snowplowanalytics.snowplow/tp2",
    body: JSON.stringify({ data: [{ eid: "a", ue_pr: `{"data":{"data":{"n":7}}}` }] }),
  },
  {
    what: "Snowplow, in base64",
    peer: snowplow,
    path: "/com.snowplowanalytics.snowplow/tp2",
    body: JSON.stringify({
      data: [{ eid: "a", ue_px: Buffer.from(`{"data":{"data":{"n":7}}}`).toString("base64url") }],
    }),
  },
  {
    what: "Amplitude",
    peer: amplitude,
    path: "/2/httpapi",
    body: `{"events":[{"insert_id":"a","event_properties":{"n":7}}]}`,
  },
  {
    what: "PostHog, compressed without a header",
    peer: posthog,
    path: "/e/?compression=gzip-js",
    body: gzipSync(`[{"uuid":"a","properties":{"n":7}}]`),
  },
  {
    what: "PostHog, a beacon",
    peer: posthog,
    path: "/e/?beacon=1",
    body: new URLSearchParams({
      data: Buffer.from(`{"uuid":"a","properties":{"n":7}}`).toString("base64"),
    }).toString(),
  },
  {
    what: "ours",
    peer: vitrine,
    path: "/v1/batch",
    body: `{"batch":[{"messageId":"a","properties":{"n":7}},{"messageId":"b","properties":{}}]}`,
  },
];

async function start(t: TestContext, peer: Peer): Promise<RecordingServer> {
  const server = await startRecordingServer(peer);
  t.after(server.close);
  return server;
}

describe("the recording server", () => {
  for (const { what, peer, path, body } of REQUESTS) {
    it(`reads number and id: ${what}`, async (t) => {
      const { origin, received } = await start(t, peer);
      const answer = await fetch(origin + path, { method: "POST", body });
      assert.deepEqual([...received.ids], [[7, ["a"]]]);
      assert.deepEqual(await answer.json(), peer.success);
    });
  }

  it("counts what it took and did not answer, and nothing that it refused or never heard", async (t) => {
    const { origin, received, setMode } = await start(t, segment);
    const post = (id: string) =>
      fetch(`${origin}/v1/t`, { method: "POST", body: `{"messageId":"${id}","properties":{"n":1}}` }).then(
        ({ status }) => status,
        () => "failed",
      );
    setMode("down");
    assert.equal(await post("down"), "failed");
    setMode("refusing");
    assert.equal(await post("refused"), 500);
    setMode("mute");
    assert.equal(await post("mute"), "failed");
    setMode("up");
    assert.equal(await post("mute"), 200);
    assert.deepEqual([...received.ids], [[1, ["mute", "mute"]]]);
  });
});

describe("the control of the delivery bench", () => {
  it("gets every event of every library, once, from a real browser", async (t) => {
    const folder = await temporaryFolder("delivery-bench");
    t.after(folder.remove);
    const alone = createAlone();
    const cells: Record<string, Cell> = {};
    const scenario = { ...allWell, events: () => EVENTS };
    await runTogether(
      2,
      PEERS.map((peer) => async () => {
        const subject = { peer, hasStore: peer === vitrine };
        cells[peer.name] = await playCell(subject, scenario, { folder: folder.path, alone, isQuick: true });
      }),
    );
    for (const { name } of PEERS) {
      const { delivered, lost, repeats } = cells[name]!;
      assert.deepEqual({ name, delivered, lost, repeats }, { name, delivered: EVENTS, lost: 0, repeats: 0 });
    }
    assert.deepEqual(cells[vitrine.name]!.store, { stored: EVENTS, storedTwice: 0 });
  });
});

describe("the verdict of the delivery bench", () => {
  const fine = {
    asked: 5,
    created: 5,
    delivered: 5,
    lost: 0,
    repeats: 0,
    storedTwice: 0,
    requests: 1,
    bytes: 1,
    settledAfterS: 0,
  };
  const judge = (cells: Record<string, Cell>, isOurs: boolean) =>
    verdict(
      [{ key: "x", isOurs, hasStore: false, peer: vitrine }],
      [{ name: "x", version: "1", settings: {}, why: "", cells }],
      ["allWell", "offline"],
    );

  it("is content when all arrived once", () => {
    assert.deepEqual(judge({ allWell: fine, offline: { ...fine, repeats: 3 } }, true), []);
  });

  it("fails a run whose control did not see all, whose cell is missing, or in which ours lost or stored twice", () => {
    const lossy = { ...fine, delivered: 4, lost: 1 };
    assert.deepEqual(judge({ allWell: lossy, offline: lossy }, false), ["allWell, x: the control failed"]);
    assert.deepEqual(judge({ allWell: fine }, false), ["offline, x: could not be played"]);
    assert.deepEqual(judge({ allWell: fine, offline: lossy }, true), ["offline, x: lost 1, stored twice 0"]);
    const doubled = { ...fine, store: { stored: 5, storedTwice: 2 } };
    assert.deepEqual(judge({ allWell: fine, offline: doubled }, true), [
      "offline, x: lost 0, stored twice 2",
    ]);
  });
});

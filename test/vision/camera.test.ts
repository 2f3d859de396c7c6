import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { superviseCamera, type Camera, type CameraState, type Look } from "@vitrine/vision";
import { manualTime, type ManualTime } from "./support/manualTime.ts";

/** What the law of this camera is: told within two seconds, healed within five after its return. */
const TOLD_MS = 2000;
const HEALED_MS = 5000;
/** From a camera's lens to a look at its picture, on a busy machine. */
const LATE_MS = 200;

class FakeTrack extends EventTarget {
  muted: boolean;
  readyState = "live";

  constructor(muted: boolean) {
    super();
    this.muted = muted;
  }

  stop(): void {
    this.readyState = "ended";
  }
}

/** A camera on a table: what it does when it is asked, and what its pictures show. */
class Table {
  readonly time: ManualTime = manualTime();
  readonly asked: MediaStreamConstraints[] = [];
  readonly askedAt: number[] = [];
  readonly tracks: FakeTrack[] = [];
  readonly states: CameraState["kind"][] = [];
  error: string | undefined;
  isMuted = false;
  devicesChanged: (() => void) | undefined;
  readonly camera: Camera;
  private shown: "moving" | "still" | "black" | "none" = "moving";
  private stoppedAt = 0;

  constructor() {
    this.camera = superviseCamera({
      platform: {
        open: async (constraints) => this.open(constraints),
        watch: () => ({ look: () => this.look(), end: () => {} }),
        onDevicesChanged: (listener) => {
          this.devicesChanged = listener;
          return () => (this.devicesChanged = undefined);
        },
        now: this.time.now,
        after: this.time.after,
      },
    });
    this.camera.onChange(({ kind }) => this.states.push(kind));
  }

  get track(): FakeTrack {
    return this.tracks.at(-1)!;
  }

  set picture(shown: Table["shown"]) {
    this.shown = shown;
    this.stoppedAt = this.time.now();
  }

  get kind(): CameraState["kind"] {
    return this.camera.state.kind;
  }

  async goLive(): Promise<void> {
    this.camera.start();
    await this.time.pass(1000);
    assert.equal(this.kind, "live");
  }

  mute(muted: boolean): void {
    this.isMuted = this.track.muted = muted;
    this.track.dispatchEvent(new Event(muted ? "mute" : "unmute"));
  }

  private open(constraints: MediaStreamConstraints): MediaStream {
    this.asked.push(constraints);
    this.askedAt.push(this.time.now());
    if (this.error) throw Object.assign(new Error(this.error), { name: this.error });
    const track = new FakeTrack(this.isMuted);
    this.tracks.push(track);
    return { getTracks: () => [track], getVideoTracks: () => [track] } as unknown as MediaStream;
  }

  /** One that stood still was another one a moment before. */
  private look(): Look | undefined {
    if (this.shown === "none") return undefined;
    const print = this.shown === "moving" ? this.time.now() : this.stoppedAt;
    return { brightness: this.shown === "black" ? 0 : 0.4, print };
  }
}

/** What can befall an open camera, how it is told, and how the world is put right again. */
const TROUBLES: {
  name: string;
  kind: CameraState["kind"];
  befall(table: Table): void;
  putRight(table: Table): void;
}[] = [
  {
    name: "it is unplugged",
    kind: "unplugged",
    befall(table) {
      table.error = "NotFoundError";
      table.track.dispatchEvent(new Event("ended"));
    },
    putRight: (table) => (table.error = undefined),
  },
  {
    name: "another program takes it",
    kind: "busy",
    befall(table) {
      table.error = "NotReadableError";
      table.track.dispatchEvent(new Event("ended"));
    },
    putRight: (table) => (table.error = undefined),
  },
  {
    name: "the permission is revoked",
    kind: "denied",
    befall(table) {
      table.error = "NotAllowedError";
      table.track.dispatchEvent(new Event("ended"));
    },
    putRight: (table) => (table.error = undefined),
  },
  {
    name: "it is muted",
    kind: "muted",
    befall: (table) => table.mute(true),
    putRight: (table) => table.mute(false),
  },
  {
    name: "its picture freezes",
    kind: "frozen",
    befall: (table) => (table.picture = "still"),
    putRight: (table) => (table.picture = "moving"),
  },
  {
    name: "it gives no picture any more",
    kind: "frozen",
    befall: (table) => (table.picture = "none"),
    putRight: (table) => (table.picture = "moving"),
  },
  {
    name: "it goes black without an error",
    kind: "black",
    befall: (table) => (table.picture = "black"),
    putRight: (table) => (table.picture = "moving"),
  },
];

describe("given a supervised camera", () => {
  let table: Table;
  beforeEach(() => {
    table = new Table();
  });

  it("asks for 720p, and never for sound", async () => {
    await table.goLive();
    assert.deepEqual(table.states, ["starting", "live"]);
    assert.deepEqual(table.asked[0], {
      video: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } },
      audio: false,
    });
  });

  for (const [error, kind] of [
    ["NotFoundError", "absent"],
    ["NotAllowedError", "denied"],
    ["NotReadableError", "busy"],
  ] as const) {
    it(`says "${kind}" when it begins with ${error}, and finds it when it comes`, async () => {
      table.error = error;
      table.camera.start();
      await table.time.pass(TOLD_MS);
      assert.equal(table.kind, kind);
      await table.time.pass(60_000);
      table.error = undefined;
      await table.time.pass(HEALED_MS);
      assert.equal(table.kind, "live");
    });
  }

  for (const { name, kind, befall, putRight } of TROUBLES) {
    for (const lastsMs of [0, 3000, 7000, 65_000, 600_000]) {
      it(`says "${kind}" in time when ${name}, and heals in time after ${lastsMs} ms more`, async () => {
        await table.goLive();
        befall(table);
        await table.time.pass(TOLD_MS);
        assert.equal(table.kind, kind);
        await table.time.pass(lastsMs);
        assert.equal(table.kind, kind);
        putRight(table);
        await table.time.pass(HEALED_MS);
        assert.equal(table.kind, "live");
        assert.equal(table.tracks.filter(({ readyState }) => readyState === "live").length, 1);
        await table.time.pass(60_000);
        assert.equal(table.states.at(-1), "live");
      });
    }

    it(`does not spin while ${name} for an hour`, async () => {
      await table.goLive();
      befall(table);
      const before = table.asked.length;
      await table.time.pass(3_600_000);
      assert.equal(table.kind, kind);
      assert.ok(table.asked.length - before <= 3_600_000 / 4000 + 5, `${table.asked.length} requests`);
      assert.ok(table.time.waiting() <= 2);
    });
  }

  it("tells in time of a camera whose last pictures were still on their way", async () => {
    for (const [picture, kind] of [
      ["still", "frozen"],
      ["black", "black"],
    ] as const)
      for (let phase = 0; phase < 500; phase += 25) {
        table = new Table();
        await table.goLive();
        await table.time.pass(phase);
        await table.time.pass(LATE_MS);
        table.picture = picture;
        await table.time.pass(TOLD_MS - LATE_MS);
        assert.equal(table.kind, kind, `${phase} ms after a look`);
      }
  });

  it("waits longer and longer between requests", async () => {
    table.error = "NotReadableError";
    table.camera.start();
    await table.time.pass(20_000);
    const waits = table.askedAt.slice(1).map((at, i) => at - table.askedAt[i]!);
    assert.deepEqual(waits.slice(0, 6), [500, 1000, 2000, 4000, 4000, 4000]);
  });

  it("asks at once when a device comes", async () => {
    table.error = "NotFoundError";
    table.camera.start();
    await table.time.pass(30_000);
    table.error = undefined;
    const before = table.asked.length;
    table.devicesChanged!();
    assert.equal(table.asked.length, before + 1);
    await table.time.pass(1000);
    assert.equal(table.kind, "live");
  });

  it("leaves a working camera alone when some other device comes", async () => {
    await table.goLive();
    table.devicesChanged!();
    await table.time.pass(1000);
    assert.equal(table.asked.length, 1);
  });

  it("ends the track when it is stopped, and everything with it", async () => {
    await table.goLive();
    table.camera.stop();
    assert.equal(table.track.readyState, "ended");
    assert.equal(table.kind, "off");
    assert.equal(table.camera.stream, undefined);
    assert.equal(table.time.waiting(), 0);
    assert.equal(table.devicesChanged, undefined);
  });

  it("ends a camera that opens only after it was stopped", async () => {
    table.camera.start();
    table.camera.stop();
    await table.time.pass(1000);
    assert.equal(table.track.readyState, "ended");
    assert.equal(table.kind, "off");
  });

  it("can be started again", async () => {
    await table.goLive();
    table.camera.stop();
    await table.goLive();
    assert.equal(table.track.readyState, "live");
  });

  it("tells nobody who has left", async () => {
    let told = 0;
    const leave = table.camera.onChange(() => told++);
    leave();
    await table.goLive();
    assert.equal(told, 0);
  });
});

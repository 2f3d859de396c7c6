import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import type { ServerResponse } from "node:http";
import { describe, it } from "node:test";
import { streamsOf } from "../../packages/server/src/stream/streamsOf.ts";
import { runVitrine } from "./support/runVitrine.ts";

/** A reader whose socket takes nothing: all that is written piles up. */
class StuckReader extends EventEmitter {
  written = "";
  destroyed = false;
  writableEnded = false;
  socket = null;
  get writableLength(): number {
    return this.written.length;
  }
  write(text: string): boolean {
    this.written += text;
    return false;
  }
  destroy(): void {
    this.destroyed = true;
    this.emit("close");
  }
  end(): void {
    this.writableEnded = true;
  }
}

describe("a reader that does not read", () => {
  it("is cut off before it fills the memory, and forgotten", async (t) => {
    const { vitrine } = await runVitrine(t);
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const streams = streamsOf(vitrine.services);
    const reader = new StuckReader();
    streams.open(reader as unknown as ServerResponse, {
      siteId: "default",
      identity: undefined,
      lastEventId: undefined,
    });
    assert.equal(streams.size, 1);
    reader.written = "x".repeat(256 * 1024);
    vitrine.services.hub.publish({ kind: "rules", siteId: "default", version: 99 });
    t.mock.timers.tick(1_000);
    assert.deepEqual([reader.destroyed, streams.size], [true, 0]);
  });
});

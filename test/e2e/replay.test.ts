import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { DatabaseSync } from "node:sqlite";
import { gunzipSync } from "node:zlib";
import { countFile } from "../../scripts/replay/countFile.ts";
import { startEmbeddedServer } from "../../scripts/replay/embeddedServer.ts";

const SCRIPT = fileURLToPath(new URL("../../scripts/replay.ts", import.meta.url));
const CLICKS = fileURLToPath(
  new URL("../fixtures/clothing-clicks/clicks-2008-04-to-06.csv.gz", import.meta.url),
);

/** Rows of the slice; its last visit is cut off, which makes it a shorter one. */
const SLICE_ROWS = 5_000;

interface Run {
  code: number | null;
  signal: NodeJS.Signals | null;
  output: string;
}

/** Runs the script; `onLine` is given each line of its progress, and the process. */
function replay(
  args: string[],
  onLine: (line: string, child: ChildProcess) => void = () => undefined,
): Promise<Run> {
  const child = spawn(process.execPath, [SCRIPT, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => {
    output += chunk.toString();
    for (const line of chunk.toString().split("\n")) onLine(line, child);
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, output }));
  });
}

/** Sends a signal when four tenths are sent. */
function inTheMiddle(signal: NodeJS.Signals) {
  return (line: string, child: ChildProcess) => void (line === "sending: 40 %" && child.kill(signal));
}

function countsOf({ output }: Run): { new: number; before: number } {
  const match = /new (\d+), there before (\d+), rejected 0/.exec(output);
  assert.ok(match, output);
  return { new: Number(match[1]), before: Number(match[2]) };
}

function assertAgrees(run: Run): void {
  assert.match(run.output, /Everything agrees\./);
  assert.equal(run.code, 0);
}

describe("the replay of real clicks", () => {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-replay-"));
  const slice = join(folder, "slice.csv");
  let events = 0;
  before(() => {
    const rows = gunzipSync(readFileSync(CLICKS)).toString("latin1").split("\n");
    writeFileSync(slice, rows.slice(0, SLICE_ROWS + 1).join("\n"), "latin1");
    const { productViews, listViews } = countFile(slice);
    assert.equal(productViews, SLICE_ROWS);
    events = productViews + listViews;
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  const dataDir = (name: string) => join(folder, name);

  it("reconciles, and adds nothing when it is repeated", async () => {
    const first = await replay([slice, "--data", dataDir("twice")]);
    assertAgrees(first);
    assert.deepEqual(countsOf(first), { new: events, before: 0 });
    const second = await replay([slice, "--data", dataDir("twice")]);
    assertAgrees(second);
    assert.deepEqual(countsOf(second), { new: 0, before: events });
  });

  it("stops cleanly at Ctrl-C, and goes on where it stopped", async () => {
    const stopped = await replay([slice, "--data", dataDir("stopped")], inTheMiddle("SIGINT"));
    assert.equal(stopped.code, 130, stopped.output);
    const sent = countsOf(stopped);
    assert.ok(sent.new > 0 && sent.new < events, stopped.output);
    const rest = await replay([slice, "--data", dataDir("stopped")]);
    assertAgrees(rest);
    assert.deepEqual(countsOf(rest), { new: events - sent.new, before: sent.new });
  });

  it("goes on with another collector, given by its address and keys", async () => {
    const server = await startEmbeddedServer(dataDir("url"));
    const { url, secretKey, siteKey } = server.target;
    try {
      const keys = ["--key", secretKey, "--site", siteKey];
      assertAgrees(await replay([slice, "--url", url, ...keys, "--data", dataDir("url")]));
      assertAgrees(await replay([slice, "--url", url, ...keys]));
      const refused = await replay([slice, "--url", url, "--key", "vk_wrong", "--site", siteKey]);
      assert.equal(refused.code, 1);
      assert.match(refused.output, /401/);
    } finally {
      await server.close();
    }
  });

  it("sees what is missing: a batch taken out of the log behind its back", async () => {
    const args = [slice, "--data", dataDir("robbed")];
    assertAgrees(await replay(args));
    const database = new DatabaseSync(join(dataDir("robbed"), "vitrine.db"));
    database.exec("DELETE FROM log WHERE batch_id = 100");
    database.close();
    const robbed = await replay(args);
    assert.equal(robbed.code, 1);
    assert.match(robbed.output, /events .*← differs/);
  });

  it("reconciles on the full file after it was killed in the middle and repeated: exactly the rest is new", async () => {
    const args = [CLICKS, "--data", dataDir("full")];
    const killed = await replay(args, inTheMiddle("SIGKILL"));
    assert.equal(killed.signal, "SIGKILL");
    const repeated = await replay(args);
    assertAgrees(repeated);
    const counts = countsOf(repeated);
    assert.equal(counts.new + counts.before, 171_486);
    // The kill came after four tenths were acknowledged, and before the rest was sent.
    assert.ok(counts.before > 40_000 && counts.new > 10_000, JSON.stringify(counts));
  });
});

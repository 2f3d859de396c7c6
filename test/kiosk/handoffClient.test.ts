import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { finishHandoff, openHandoff, readPart, TakeError } from "../../kiosk/phone/src/handoffClient.ts";

type Answer = (options: RequestInit) => Response | Promise<Response>;

/** A network that answers as told, one after another; waits are noted and over at once, but for those for a stall. */
function networkOf(...answers: Answer[]) {
  const asked: RequestInit[] = [];
  const waits: number[] = [];
  const stalls: (() => void)[] = [];
  return {
    asked,
    waits,
    stall: () => stalls.splice(0).forEach((end) => end()),
    fetch: async (_url: string, options: RequestInit) => {
      asked.push(options);
      return answers[Math.min(asked.length, answers.length) - 1]!(options);
    },
    wait: (ms: number) => {
      if (ms === 15_000) return new Promise<void>((end) => stalls.push(end));
      waits.push(ms);
      return Promise.resolve();
    },
  };
}

const status =
  (code: number): Answer =>
  () =>
    new Response("{}", { status: code });
const bytes =
  (length: number): Answer =>
  () =>
    new Response(new Uint8Array(length), { status: 206 });
const never: Answer = () => new Promise(() => {});
const part = { url: "/p", capability: "c", bytes: 100 };
const rangesOf = ({ asked }: { asked: RequestInit[] }) =>
  asked.map(({ headers }) => (headers as Record<string, string>)["Range"]);

describe("reading a part", () => {
  it("goes on behind the last byte, and counts tries anew with every progress", async () => {
    const network = networkOf(...[30, 0, 0, 0, 0, 30, 0, 0, 0, 0, 40].map(bytes));
    const heard: number[] = [];
    const blob = await readPart(network, part, (count) => heard.push(count));
    assert.deepEqual([blob.size, heard], [100, [30, 30, 40]]);
    assert.deepEqual([...new Set(rangesOf(network))], ["bytes=0-", "bytes=30-", "bytes=60-"]);
  });

  it("is given up after six tries without a byte, with growing waits", async () => {
    const network = networkOf(() => Promise.reject(new TypeError("network")));
    await assert.rejects(
      readPart(network, part, () => {}),
      { code: "offline" },
    );
    assert.deepEqual([network.asked.length, network.waits], [6, [500, 1000, 2000, 4000, 8000]]);
  });

  it("is asked anew where the network went away without a word", async () => {
    const network = networkOf(never, bytes(100));
    const reading = readPart(network, part, () => {});
    while (network.asked.length < 1) await Promise.resolve();
    network.stall();
    assert.equal((await reading).size, 100);
  });

  it("ends at once when the hand-off has ended", async () => {
    const network = networkOf(status(410));
    await assert.rejects(
      readPart(network, part, () => {}),
      new TakeError("gone"),
    );
    assert.equal(network.asked.length, 1);
  });
});

describe("opening and ending", () => {
  it("wait for a mirror that is still sending, with the same attempt", async () => {
    const network = networkOf(status(409), status(409), () => Response.json({ id: "h" }));
    assert.deepEqual(await openHandoff(network, "/o", "secret"), { id: "h" });
    assert.deepEqual([...new Set(network.asked.map(({ body }) => body))], ['{"attempt":"secret"}']);
    await assert.rejects(openHandoff(networkOf(status(409)), "/o", "secret"), { code: "not_ready" });
  });

  it("take it for deleted where it is gone already, and not where nobody answers", async () => {
    await finishHandoff(networkOf(status(410)), "/d", "c");
    await assert.rejects(finishHandoff(networkOf(status(503)), "/d", "c"), { code: "offline" });
  });
});

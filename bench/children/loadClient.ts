// Sends batches as fast as they are answered. A process of its own, so that it does not eat the server's loop.
import { answerParent } from "../support/answerParent.ts";
import { deviceBatches, type BatchPlan } from "../support/deviceBatches.ts";
import { processUsage } from "../support/processUsage.ts";
import { postBytes, sendOverConnection } from "../support/sendOverConnection.ts";

const ACCEPTED = Buffer.from('"status":"accepted"');

let requests: Buffer[][] = [];

function countAccepted(body: Buffer): number {
  let count = 0;
  for (let at = body.indexOf(ACCEPTED); at >= 0; at = body.indexOf(ACCEPTED, at + ACCEPTED.length)) count++;
  return count;
}

answerParent({
  /** Makes a round's requests. @returns bytes of their bodies. */
  prepare: (plan: BatchPlan) => {
    const bodies = deviceBatches(plan);
    requests = bodies.map((own) => own.map((body) => postBytes("/v1/batch", body)));
    return bodies.flat().reduce((sum, body) => sum + Buffer.byteLength(body), 0);
  },
  /** Sends them. @returns seconds, and how many events were answered `accepted`. */
  send: async ({ port }: { port: number }) => {
    let accepted = 0;
    const before = processUsage().cpuSeconds;
    const start = performance.now();
    await Promise.all(
      requests.map((own) =>
        sendOverConnection(port, own, (body) => {
          accepted += countAccepted(body);
        }),
      ),
    );
    const seconds = (performance.now() - start) / 1000;
    return { seconds, accepted, cpuSeconds: processUsage().cpuSeconds - before };
  },
});

import { expect } from "@esm-bundle/chai";
import { answer } from "./answer.ts";
import type { AnsweredCase } from "./generateCases.ts";

const WORKER = new URL("worker.js", import.meta.url);
const cases = (await (await fetch(new URL("cases.json", import.meta.url))).json()) as AnsweredCase[];
const texts = cases.map(({ text }) => text);

/** Sends the cases to a worker and waits for its answers. */
function ask(worker: {
  postMessage: (message: unknown, transfer: Transferable[]) => void;
}): Promise<string[]> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.addEventListener("message", ({ data }) => resolve(data as string[]));
    port1.start();
    worker.postMessage(texts, [port2]);
  });
}

/** Names each case that came out otherwise. */
function expectSame(answers: string[]): void {
  expect(answers.length).to.equal(cases.length);
  const differences = cases.flatMap(({ text, expected }, at) =>
    answers[at] === expected ? [] : [{ text, expected, answer: answers[at] }],
  );
  expect(differences).to.deep.equal([]);
}

describe(`${cases.length} generated conditions and splits come out as in Node`, () => {
  it("in a page", () => expectSame(texts.map(answer)));

  it("in a dedicated worker", async () => {
    const worker = new Worker(WORKER);
    expectSame(await ask(worker));
    worker.terminate();
  });

  it("in a service worker", async () => {
    const registration = await navigator.serviceWorker.register(WORKER);
    try {
      const worker = registration.active ?? registration.installing ?? registration.waiting!;
      await new Promise<void>((resolve) => {
        const check = () => worker.state === "activated" && resolve();
        worker.addEventListener("statechange", check);
        check();
      });
      expectSame(await ask(worker));
    } finally {
      await registration.unregister();
    }
  });
});

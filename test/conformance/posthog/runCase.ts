import type { JsonObject } from "@vitrine/core";
import { createAdapter, type Adapter } from "./adapter.ts";
import { ASSERTIONS } from "./assertions.ts";
import type { Case, Step } from "./contract.ts";
import type { MockResponse } from "./mockServer.ts";

/** A step whose expectation did not hold. */
export class StepError extends Error {
  action: string;
  constructor(action: string, cause: unknown) {
    super(`${action}: ${(cause as Error).message}`, { cause });
    this.action = action;
  }
}

/** What the contract asks an adapter to do, and the mock server. */
type Action = (params: never, adapter: Adapter) => unknown;
type Captured = Parameters<Adapter["capture"]>[0];

const ACTIONS: Record<string, Action> = {
  init: (params: { api_key?: string }, adapter) => adapter.init(params),
  capture: (params: Captured, adapter) => adapter.capture(params),
  capture_multiple: ({ count, params }: { count: number; params: JsonObject }, adapter) => {
    for (let index = 0; index < count; index++)
      adapter.capture(JSON.parse(JSON.stringify(params).replaceAll("{index}", String(index))) as Captured);
  },
  flush: (_, adapter) => adapter.flush(),
  wait: ({ duration_ms: durationMs }: { duration_ms: number }, adapter) => adapter.wait(durationMs),
  configure_mock_responses: ({ responses }: { responses: MockResponse[] }, { mock }) => {
    mock.responses = structuredClone(responses);
  },
};

async function runStep({ action, params = {} }: Step, adapter: Adapter): Promise<void> {
  const act = ACTIONS[action];
  if (act) return void (await act(params as never, adapter));
  const assertion = ASSERTIONS[action];
  if (!assertion) throw new TypeError(`The contract has an action that is unknown here: ${action}`);
  try {
    assertion(params, adapter);
  } catch (cause) {
    throw new StepError(action, cause);
  }
}

/**
 * Runs a case on a page of its own.
 * @throws StepError when an expectation does not hold.
 */
export async function runCase({ suite, steps }: Case): Promise<void> {
  const adapter = createAdapter(suite);
  try {
    for (const step of steps) await runStep(step, adapter);
  } finally {
    await adapter.close();
  }
}

// oxlint-disable unicorn/prefer-add-event-listener -- these are the objects whose handlers are set
import type { StoreName } from "../../../../packages/browser/src/outbox/db.ts";
import { clone } from "./clone.ts";
import type { DurableData, Write } from "./durableData.ts";

/** A request as the page holds it. */
export interface FakeRequest {
  result: unknown;
  error: Error | undefined;
  onsuccess?: (event: object) => void;
  onerror?: (event: object) => void;
  addEventListener: (name: string, handler: (event: object) => void) => void;
  /** Fires `success`, or `error`; false when nobody prevented the error from aborting the transaction. */
  dispatch: () => boolean;
}

/** Creates a request. */
export function createRequest(): FakeRequest {
  const handlers: [string, (event: object) => void][] = [];
  const request: FakeRequest = {
    result: undefined,
    error: undefined,
    addEventListener: (name, handler) => void handlers.push([name, handler]),
    dispatch: () => {
      let isPrevented = false;
      const event = { preventDefault: () => (isPrevented = true), stopPropagation: () => {} };
      const name = request.error ? "error" : "success";
      request[`on${name}`]?.(event);
      for (const [heard, handler] of handlers) if (heard === name) handler(event);
      return !request.error || isPrevented;
    },
  };
  return request;
}

/** A transaction: what the page asked of it, and how far it is. */
export interface FakeTransaction {
  isWriting: boolean;
  isStrict: boolean;
  /** Asked and not carried out yet. */
  asked: [FakeRequest, () => unknown][];
  writes: Write[];
  /** `waiting` for its turn, `running`, or `over`. */
  state: "waiting" | "running" | "over";
  error: Error | undefined;
  oncomplete?: () => void;
  onabort?: () => void;
  objectStore: (name: StoreName) => object;
}

const keyOf = (value: unknown) => (value as { messageId: string }).messageId;

/** Creates a transaction over data; `refuse` throws where the disk takes nothing more. */
export function createTransaction(
  data: DurableData,
  mode: string,
  durability: string | undefined,
  refuse: () => void,
): FakeTransaction {
  const transaction: FakeTransaction = {
    isWriting: mode === "readwrite",
    isStrict: durability === "strict",
    asked: [],
    writes: [],
    state: "waiting",
    error: undefined,
    objectStore: (name) => {
      const ask = (action: () => unknown) => {
        if (transaction.state === "over") throw new DOMException("It is over.", "TransactionInactiveError");
        const request = createRequest();
        transaction.asked.push([request, action]);
        return request;
      };
      const write = (key: string, value: unknown) => {
        if (value !== undefined) refuse();
        transaction.writes.push(data.write(name, key, value));
        return key;
      };
      const store = data.store(name);
      return {
        // Without `commit`, as in older browsers: a page that goes takes its open transactions along.
        transaction,
        get: (key: string) => ask(() => clone(store.get(key))),
        getAll: () => ask(() => data.keys(name).map((key) => clone(store.get(key)))),
        getAllKeys: () => ask(() => data.keys(name)),
        delete: (key: string) => ask(() => void write(key, undefined)),
        clear: () => ask(() => data.keys(name).forEach((key) => write(key, undefined))),
        put: (value: unknown, key?: string) => {
          const copy = clone(value);
          return ask(() => write(key ?? keyOf(copy), copy));
        },
        add: (value: unknown) => {
          const copy = clone(value);
          return ask(() => {
            if (store.has(keyOf(copy))) throw new DOMException("It is there.", "ConstraintError");
            return write(keyOf(copy), copy);
          });
        },
      };
    },
  };
  return transaction;
}

/** Carries out all that was asked; the page hears of it when the requests are dispatched. */
export function carryOut({ asked }: FakeTransaction): FakeRequest[] {
  return asked.splice(0).map(([request, action]) => {
    try {
      request.result = action();
    } catch (error) {
      request.error = error as Error;
    }
    return request;
  });
}

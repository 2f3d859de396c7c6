// oxlint-disable unicorn/prefer-add-event-listener -- these are the objects whose handlers are set
import type { Row } from "../../../../packages/browser/src/outbox/row.ts";
import { createDurableData } from "./durableData.ts";
import {
  carryOut,
  createRequest,
  createTransaction,
  type FakeRequest,
  type FakeTransaction,
} from "./fakeTransaction.ts";
import type { Lane, Machine, Process } from "./machine.ts";

/** What the disk does wrong now. */
export interface DiskFaults {
  /** No room for anything new. */
  isFull: boolean;
  /** What comes of opening. */
  opens: "answered" | "failed" | "hanging";
}

/** Wraps a call that leaves a process. */
export type Reach = <T extends unknown[], R>(effect: (...given: T) => R) => (...given: T) => R;

/** IndexedDB of one origin, with its process and its disk. */
export interface FakeDatabase {
  faults: DiskFaults;
  /** `reach` passes on each call that leaves the page. */
  factoryFor: (process: Process, reach: Reach) => IDBFactory;
  /** Ends what a process that died left open. */
  abandon: (process: Process) => void;
  /** Closes handles under the pages, of one process or all; `isTold`: they get a `close` event. */
  killHandles: (process: Process | undefined, isTold: boolean) => void;
  /** Deletes all of it, as a person or a browser in want of space does. */
  wipe: () => void;
  /** The computer stops; what the disk does not have is gone, or a part of it. */
  cutPower: () => void;
  rows: (store: "outbox" | "tail") => Row[];
  /** A value of store `kv`. */
  value: (key: string) => unknown;
}

/** How a process and the database reach each other. */
interface Pipes {
  process: Process;
  reach: Reach;
  toDisk: Lane;
  toPage: Lane;
}

/** A handle as the page holds it, and what belongs to it. */
interface Connection extends Pipes {
  isClosed: boolean;
  transactions: Set<FakeTransaction>;
  onclose?: () => void;
}

/** Creates the database of an origin: one version, all transactions over all stores. */
export function createFakeDatabase(machine: Machine): FakeDatabase {
  const { chance, post, delayMs } = machine;
  const data = createDurableData();
  const faults: DiskFaults = { isFull: false, opens: "answered" };
  const connections = new Set<Connection>();
  const waiting: (() => boolean)[] = [];
  const running = new Set<FakeTransaction>();
  /** Whose upgrade makes the stores; others wait. */
  let upgrading: Process | undefined;
  let hasStores = false;

  const refuse = () => {
    if (faults.isFull) throw new DOMException("No space.", "QuotaExceededError");
  };

  /** Starts what may run: writers alone, readers together, nobody before who came earlier. */
  const serve = () => {
    while (waiting[0]?.()) waiting.shift();
  };

  const finish = (owner: Connection, transaction: FakeTransaction) => {
    transaction.state = "over";
    owner.transactions.delete(transaction);
    running.delete(transaction);
    serve();
  };

  const abort = (owner: Connection, transaction: FakeTransaction, error: Error) => {
    if (transaction.state === "over") return;
    data.undo(transaction.writes);
    transaction.error = error;
    finish(owner, transaction);
    post(owner.toPage, () => transaction.onabort?.(), delayMs("message"));
  };

  const commit = (owner: Connection, transaction: FakeTransaction) => {
    if (transaction.state === "over") return;
    const { writes, isStrict } = transaction;
    data.commit(writes, isStrict);
    finish(owner, transaction);
    post(owner.toPage, () => transaction.oncomplete?.(), delayMs("message"));
  };

  /** Carries out what was asked, tells the page, and again, until the page asks for nothing more. */
  const run = (owner: Connection, transaction: FakeTransaction) => {
    if (transaction.state === "over") return;
    const done = carryOut(transaction);
    const tell = () => {
      if (transaction.state === "over") return;
      for (const request of done) if (!request.dispatch()) return abort(owner, transaction, request.error!);
      const next = transaction.asked[0] ? run : commit;
      post(machine.lane(owner.process), () => next(owner, transaction), delayMs("message"));
    };
    post(owner.toPage, tell, delayMs("message"));
  };

  const begin = (owner: Connection, transaction: FakeTransaction): boolean => {
    if (transaction.state === "over") return true;
    if ([...running].some(({ isWriting }) => isWriting || transaction.isWriting)) return false;
    transaction.state = "running";
    running.add(transaction);
    post(machine.lane(owner.process), () => run(owner, transaction), delayMs("disk"));
    return true;
  };

  const startTransaction = (
    owner: Connection,
    mode = "readonly",
    { durability }: IDBTransactionOptions = {},
  ): FakeTransaction => {
    if (owner.isClosed) throw new DOMException("The handle is dead.", "InvalidStateError");
    const transaction = createTransaction(data, mode, durability, refuse);
    owner.transactions.add(transaction);
    const arrive = () => {
      waiting.push(() => begin(owner, transaction));
      serve();
    };
    post(owner.toDisk, arrive, delayMs("message"));
    return transaction;
  };

  const connect = (pipes: Pipes) => {
    const connection: Connection = { ...pipes, isClosed: false, transactions: new Set() };
    connections.add(connection);
    return Object.assign(connection, {
      createObjectStore: () => {},
      close: () => void (connection.isClosed = true),
      transaction: pipes.reach((_: unknown, mode?: string, options?: IDBTransactionOptions) =>
        startTransaction(connection, mode, options),
      ),
    });
  };

  const open = (pipes: Pipes): FakeRequest => {
    const { process, toDisk, toPage } = pipes;
    const request: FakeRequest & { onupgradeneeded?: () => void } = createRequest();
    const succeed = () => post(toPage, () => request.dispatch(), delayMs("message"));
    const upgrade = () => {
      upgrading = process;
      post(toPage, () => {
        request.onupgradeneeded?.();
        post(toDisk, () => {
          upgrading = undefined;
          hasStores = true;
          succeed();
          serve();
        });
      });
    };
    const answer = () => {
      if (faults.opens === "failed") {
        request.error = new DOMException("It cannot be opened.", "UnknownError");
        return succeed();
      }
      waiting.push(() => {
        if (process.state === "dead") return true;
        if (upgrading) return false;
        request.result = connect(pipes);
        if (hasStores) succeed();
        else upgrade();
        return true;
      });
      serve();
    };
    if (faults.opens !== "hanging") post(toDisk, answer, delayMs("disk"));
    return request;
  };

  const close = (connection: Connection, isTold: boolean) => {
    if (connection.isClosed) return;
    connection.isClosed = true;
    for (const transaction of connection.transactions) {
      // The last commit may have reached the disk although nobody says so.
      const isRead = transaction.state === "running" && !transaction.asked[0];
      if (isRead && chance.yes(0.3)) data.commit(transaction.writes.splice(0), transaction.isStrict);
      abort(connection, transaction, new DOMException("The connection was lost.", "AbortError"));
    }
    if (isTold) post(connection.toPage, () => connection.onclose?.(), delayMs("message"));
  };

  const closeAll = (isTold: boolean) => {
    for (const connection of connections) close(connection, isTold);
  };

  return {
    faults,
    factoryFor: (process, reach) => {
      const pipes = { process, reach, toDisk: machine.lane(process), toPage: machine.lane(process, true) };
      return { open: reach(() => open(pipes)) } as unknown as IDBFactory;
    },
    abandon: (process) => {
      if (upgrading === process) upgrading = undefined;
      for (const connection of connections) {
        if (connection.process !== process) continue;
        connections.delete(connection);
        for (const transaction of connection.transactions)
          abort(connection, transaction, new DOMException("The page is gone.", "AbortError"));
      }
      serve();
    },
    killHandles: (process, isTold) => {
      for (const connection of connections)
        if (!process || connection.process === process) close(connection, isTold);
    },
    wipe: () => {
      closeAll(true);
      data.wipe();
    },
    cutPower: () => data.cutPower(chance.below(data.behind() + 1)),
    value: (key) => data.store("kv").get(key),
    rows: (store) => [...data.store(store).values()] as Row[],
  };
}

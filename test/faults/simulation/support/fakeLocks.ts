import type { Lane, Machine, Process } from "./machine.ts";

/** Web Locks of one origin. */
export interface FakeLocks {
  managerFor: (process: Process) => LockManager;
  /** Frees what a process that died held or waited for. */
  abandon: (process: Process) => void;
}

/** Somebody who holds a lock or waits for it. */
interface Claim {
  name: string;
  process: Process;
  grant: () => void;
}

/** Creates the locks: exclusive, first come, first served. */
export function createFakeLocks(machine: Machine): FakeLocks {
  const { post, delayMs } = machine;
  let claims: Claim[] = [];
  const held = new Set<Claim>();

  const serve = (name: string) => {
    const first = claims.find((claim) => claim.name === name);
    if (!first || held.has(first)) return;
    held.add(first);
    first.grant();
  };

  const leave = (claim: Claim) => {
    claims = claims.filter((one) => one !== claim);
    held.delete(claim);
    serve(claim.name);
  };

  const request = (
    process: Process,
    [toManager, toPage]: [Lane, Lane],
    name: string,
    { signal }: LockOptions,
    task: () => Promise<void>,
  ) =>
    new Promise<void>((resolve, reject) => {
      const end = () => post(toManager, () => leave(claim), delayMs("message"));
      const claim: Claim = {
        name,
        process,
        grant: () =>
          post(toPage, () => {
            if (signal?.aborted) return end();
            void task().then(resolve, reject).finally(end);
          }),
      };
      const giveUp = () => {
        reject(new DOMException("Given up.", "AbortError"));
        if (!held.has(claim)) end();
      };
      if (signal?.aborted) return giveUp();
      signal?.addEventListener("abort", giveUp);
      const arrive = () => {
        claims.push(claim);
        serve(name);
      };
      post(toManager, arrive, delayMs("message"));
    });

  const query = (toManager: Lane, toPage: Lane) =>
    new Promise<LockManagerSnapshot>((resolve) => {
      const look = () => {
        const snapshot = {
          held: [...held].map(({ name }) => ({ name })),
          pending: claims.flatMap((claim) => (held.has(claim) ? [] : { name: claim.name })),
        };
        post(toPage, () => resolve(snapshot), delayMs("message"));
      };
      post(toManager, look, delayMs("message"));
    });

  return {
    managerFor: (process) => {
      const lanes: [Lane, Lane] = [machine.lane(process), machine.lane(process, true)];
      return {
        request: (name: string, options: LockOptions, task: () => Promise<void>) =>
          request(process, lanes, name, options, task),
        query: () => query(...lanes),
      } as LockManager;
    },
    abandon: (process) => {
      for (const claim of claims) if (claim.process === process) leave(claim);
    },
  };
}

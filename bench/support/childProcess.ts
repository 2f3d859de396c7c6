import { fork } from "node:child_process";

/** A process of ours that answers calls. */
export interface Child {
  call: <T>(method: string, input?: unknown) => Promise<T>;
  stop: () => Promise<void>;
}

interface Answer {
  id: number;
  result?: unknown;
  error?: string;
}

/** Starts a file of `bench/children`, so that what it costs does not count in the process that measures. */
export function startChild(name: string, flags: readonly string[] = []): Child {
  const file = new URL(`../children/${name}.ts`, import.meta.url);
  const child = fork(file, {
    execArgv: [...flags, "--disable-warning=ExperimentalWarning"],
    serialization: "advanced",
  });
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let calls = 0;
  child.on("message", ({ id, result, error }: Answer) => {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) asked?.resolve(result);
    else asked?.reject(new Error(`${name}: ${error}`));
  });
  const gone = new Promise<void>((resolve) =>
    child.once("exit", () => {
      for (const asked of waiting.values()) asked.reject(new Error(`${name} ended`));
      resolve();
    }),
  );
  return {
    call: <T>(method: string, input?: unknown) => {
      const asked = Promise.withResolvers<unknown>();
      waiting.set(++calls, asked);
      child.send({ id: calls, method, input });
      return asked.promise as Promise<T>;
    },
    stop: async () => {
      // It ends itself when nobody calls any more.
      if (child.connected) child.disconnect();
      await gone;
    },
  };
}

/** Tells everyone who listens to `name`, and the debug log. Never throws. */
export type Emit = (name: string, detail?: unknown) => void;

/** A handler of one name's details. */
export type Handler = (detail: never) => void;

/**
 * Creates the SDK's one emitter. A handler that throws is reported as `error` and hurts nobody else.
 * @param log hears everything, also what has no handler
 */
export function createEmitter(log: Emit | undefined): {
  _on: (name: string, handler: Handler) => () => void;
  _emit: Emit;
} {
  const handlers = new Map<string, Set<Handler>>();
  const emit: Emit = (name, detail) => {
    log?.(name, detail);
    for (const handler of handlers.get(name) ?? []) {
      try {
        handler(detail as never);
      } catch (cause) {
        if (name !== "error") emit("error", { code: "handler", cause });
      }
    }
  };
  return {
    _on: (name, handler) => {
      const set = handlers.get(name) ?? new Set();
      handlers.set(name, set.add(handler));
      return () => void set.delete(handler);
    },
    _emit: emit,
  };
}

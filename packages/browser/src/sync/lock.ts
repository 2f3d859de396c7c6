/**
 * Asks for a Web Lock and keeps it until the returned function is called. Locks throw in some sandboxes and are
 * missing in others: then `onHeld` is never called, and callers get by without.
 */
export function holdLock(locks: LockManager | undefined, name: string, onHeld?: () => void): () => void {
  const abort = new AbortController();
  let release!: () => void;
  const held = new Promise<void>((resolve) => (release = resolve));
  try {
    locks
      ?.request(name, { signal: abort.signal }, () => {
        if (!abort.signal.aborted) onHeld?.();
        return held;
      })
      .catch(() => {}); // given up before it was granted, or forbidden
  } catch {
    // Forbidden in this sandbox.
  }
  return () => {
    release();
    abort.abort();
  };
}

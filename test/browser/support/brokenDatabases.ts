/**
 * Ways in which browsers give no database: what stands in place of `indexedDB`, made from the real one. Each takes
 * nothing from this file, so that it can be put into a page before its scripts.
 */
export const BROKEN_DATABASES: Record<string, (real: IDBFactory) => unknown> = {
  "is missing": () => undefined,
  "may not be named (a sandboxed frame)": () => {
    throw new DOMException("sandboxed", "SecurityError");
  },
  "throws (third-party storage is blocked)": () => ({
    open() {
      throw new DOMException("denied", "SecurityError");
    },
  }),
  "answers with an error (a broken profile)": () => ({
    open() {
      const request = { error: new DOMException("broken", "UnknownError"), onerror() {} };
      queueMicrotask(() => request.onerror());
      return request;
    },
  }),
  "allows no mutations (old private mode)": () => ({
    open() {
      const request = { error: new DOMException("no mutations", "InvalidStateError"), onerror() {} };
      queueMicrotask(() => request.onerror());
      return request;
    },
  }),
  "is of a newer version": () => ({
    open() {
      const request = { error: new DOMException("newer", "VersionError"), onerror() {} };
      queueMicrotask(() => request.onerror());
      return request;
    },
  }),
  "never answers (Safari after a wake-up)": () => ({ open: () => ({}) }),
  "stays blocked by another tab": () => ({
    open() {
      const request = { onblocked() {} };
      queueMicrotask(() => request.onblocked());
      return request;
    },
  }),
  "opens, and every transaction throws": () => ({
    open() {
      const closing = {
        transaction() {
          throw new DOMException("closing", "InvalidStateError");
        },
        close() {},
      };
      const request = { result: closing, onsuccess() {} };
      queueMicrotask(() => request.onsuccess());
      return request;
    },
  }),
  "opens, and no transaction ever ends": () => {
    const store = () => ({
      get: () => ({}),
      getAll: () => ({}),
      getAllKeys: () => ({}),
      put: () => ({}),
      delete() {},
    });
    const hanging = { transaction: () => ({ objectStore: store }), close() {} };
    return {
      open() {
        const request = { result: hanging, onsuccess() {} };
        queueMicrotask(() => request.onsuccess());
        return request;
      },
    };
  },
  "is read-only": (real) => ({
    open(name: string, version: number) {
      const request = real.open(name, version);
      request.addEventListener("success", () => {
        const db = request.result;
        db.transaction = (stores, mode, options) => {
          if (mode === "readwrite") throw new DOMException("read-only", "ReadOnlyError");
          return IDBDatabase.prototype.transaction.call(db, stores, mode, options);
        };
      });
      return request;
    },
  }),
  "has no room at all": (real) => ({
    open(name: string, version: number) {
      const request = real.open(name, version);
      request.addEventListener("success", () => {
        const db = request.result;
        db.transaction = (stores, mode, options) => {
          const transaction = IDBDatabase.prototype.transaction.call(db, stores, mode, options);
          if (mode !== "readwrite") return transaction;
          Object.defineProperty(transaction, "error", {
            value: new DOMException("full", "QuotaExceededError"),
          });
          transaction.commit = () => {}; // it is asked for, and will not be
          queueMicrotask(() => transaction.abort());
          return transaction;
        };
      });
      return request;
    },
  }),
};

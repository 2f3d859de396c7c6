/** A background sync, as the browser fires it when the network is there. Not in TypeScript's library. */
export interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
}

/** A registration in browsers that have Background Sync. */
export interface SyncingRegistration extends ServiceWorkerRegistration {
  readonly sync?: { register: (tag: string) => Promise<void> };
}

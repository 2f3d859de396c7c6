/** The worker this runs in, as TypeScript's library knows it. */
export const worker: ServiceWorkerGlobalScope = globalThis as unknown as ServiceWorkerGlobalScope;

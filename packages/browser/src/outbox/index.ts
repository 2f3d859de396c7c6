export { gateOf, type ConsentRecord } from "../identity/consent.ts";
export type { Device } from "../identity/device.ts";
export { browserPlatform, type Platform } from "../platform.ts";
export { FREE, type State, type User } from "../state.ts";
export { holdLock } from "../sync/lock.ts";
export { createSender, type SenderNeeds } from "../sync/sender.ts";
export { superviseDb } from "./db.ts";
export { createOutbox, type Address, type OutboxNeeds } from "./outbox.ts";
export { createOutboxStore } from "./outboxStore.ts";

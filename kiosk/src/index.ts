export { openShell } from "./shell.ts";
export type { CallAnswer, CallMethod, Command, Health, KioskIdentity, Shell } from "./shell.ts";

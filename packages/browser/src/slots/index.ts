export { createSlots, type Exposure, type SlotAct, type Slots, type SlotsOptions } from "./createSlots.ts";

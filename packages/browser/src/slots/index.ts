export { buildContent } from "./buildContent.ts";
export {
  createSlots,
  type Exposure,
  type FirstPaintSlot,
  type SlotAct,
  type Slots,
  type SlotsOptions,
} from "./createSlots.ts";
export { adoptStyle, CONTENT_CSS } from "./style.ts";

export { deletePlan, MAX_PLAN_BYTES, takeShown, writePlan } from "./planStore.ts";

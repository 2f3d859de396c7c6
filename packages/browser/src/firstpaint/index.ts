export { deletePlan, MAX_PLAN_LENGTH, takeShown, writePlan } from "./planStore.ts";

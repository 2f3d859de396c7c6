export { createActions } from "./createActions.ts";
export type { Actions, ActionsHost } from "./actions.ts";

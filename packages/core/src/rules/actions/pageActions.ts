import type { ActionSet } from "../decision.ts";
import { BASIC_ACTIONS } from "./basicActions.ts";
import { FURTHER_ACTIONS } from "./furtherActions.ts";

/** All actions of a page. A function, so that a bundle that brings its own set is not given these. */
export const pageActions = (): ActionSet => ({ ...BASIC_ACTIONS, ...FURTHER_ACTIONS });

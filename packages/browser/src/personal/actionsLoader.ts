import { BASIC_ACTIONS, get, type ActionSet, type Rule } from "@vitrine/core";
import type { Actions, ActionsHost } from "../actions/index.ts";
import type { PersonalEngine } from "./personal.ts";

/** Longest wait for the further actions: then their rules are passed over. */
const WAIT_MS = 5000;

/** How long a failure is not tried again. */
const RETRY_MS = 60_000;

/** Fetches the script of the further actions: how, depends on the build. */
export type FetchActions = () => Promise<(host: ActionsHost) => Actions>;

/** Brings the further actions in when a rule or a control asks for them. */
export interface ActionsLoader {
  /** Absent until they came. */
  _actions?: Actions;
  /** Looks whether they are needed, and fetches them. */
  _look: () => void;
  /**
   * True while a placement, or any, cannot be decided since an action of its rules is on its way: a rule of lower rank must not
   * take its place meanwhile.
   */
  _isWaiting: (placement?: string) => boolean;
}

/** Creates the loader; `onChange` hears that they came, or will not. */
export function createActionsLoader(
  engine: PersonalEngine,
  fetchActions: FetchActions,
  host: ActionsHost,
  onChange: () => void,
): ActionsLoader {
  let loading: Promise<void> | undefined;
  let retryAt = 0;
  let isLate = false;
  let observer: MutationObserver | undefined;

  /** The rules whose action is not here. */
  const needy = (): Rule[] =>
    loader._actions || engine._phase === "refused"
      ? []
      : (engine._ruleset?.rules ?? []).filter((rule) => {
          const type = rule?.action?.type;
          return type && type !== "screen" && !get(BASIC_ACTIONS as ActionSet, type);
        });

  const giveUp = () => {
    if (isLate || loader._actions) return;
    isLate = true;
    onChange();
  };
  const load = async (): Promise<void> => {
    const timer = engine._later(giveUp, WAIT_MS);
    try {
      const createActions = await fetchActions();
      loader._actions = createActions(host);
      observer?.disconnect();
      onChange();
    } catch (cause) {
      engine._emit("error", { code: "actions", cause });
      loading = undefined;
      retryAt = engine._now() + RETRY_MS;
      giveUp();
    }
    engine._cancel(timer);
  };
  const need = () => {
    if (engine._now() >= retryAt) loading ??= load();
  };

  /** A control to be filled is here, and something is known to fill it with. */
  const hasControl = (): boolean => {
    const { sizes, stores } = engine._profile();
    return (
      !!(sizes[0] ?? stores.preferred) &&
      !!(engine._sources.product() ?? document.querySelector("[data-vitrine-prefill]"))
    );
  };

  const loader: ActionsLoader = {
    _look() {
      const rules = needy();
      if (!rules[0]) return;
      if (rules.some(({ action: { type } }) => type !== "prefill") || hasControl()) return need();
      // A page may render its controls late, and tell nobody.
      observer ??= new MutationObserver(() => hasControl() && need());
      observer.observe(document, { childList: true, subtree: true });
    },
    _isWaiting(placement) {
      const isNeeded = needy().some((rule) => (placement ? rule.placement === placement : loading));
      if (isNeeded && placement) need();
      return isNeeded && !isLate;
    },
  };
  return loader;
}

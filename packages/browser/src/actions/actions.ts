import type {
  ActionSet,
  Decision,
  DecisionInput,
  Outcome,
  Product,
  ShopFacts,
  ViewNode,
} from "@vitrine/core";
import type { Capture } from "../capture.ts";
import type { Platform } from "../platform.ts";
import type { SlotAct } from "../slots/index.ts";
import type { Sources } from "../sources/index.ts";
import type { State } from "../state.ts";

/**
 * What few pages need of what the shopper sees: further actions, and controls of the page that are filled for her. It is a
 * script of its own, which the personal part loads when a rule or a control asks for it.
 */
export interface Actions {
  _actions: ActionSet;
  /** Content of an outcome of these actions; undefined for those that are shown like any other. */
  _present: (outcome: Outcome, because: string, language: string) => ViewNode[] | undefined;
  /** What was read of the shop so far. */
  _shop: ShopFacts;
  /** Profile, rules or page changed. */
  _update: () => void;
  /** Takes back what was filled in. */
  _undo: () => void;
  /** A click on what one of these actions shows. */
  _act: (act: SlotAct) => void;
}

/** What they need of the personal part. */
export interface ActionsHost {
  _engine: Platform & State & { _sources: Sources } & Pick<Capture, "_capture">;
  _input: () => DecisionInput;
  _decide: (placement: string, product?: Product) => Decision;
  /** A decision was shown. */
  _expose: (decision: Decision) => void;
  /** What the site's key signed, as data; undefined for what is not genuine. */
  _verify: (signed: unknown) => Promise<unknown>;
  /** More of the shop is known. */
  _changed: () => void;
  /** What stands in a slot is done with: it stays as it is, or the shop's default comes back. */
  _settle: (element: Element, isGivenBack: boolean) => void;
}

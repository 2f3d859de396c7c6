import {
  BASIC_ACTIONS,
  compilePlanWith,
  dayOf,
  decideWith,
  emptyFold,
  presentContent,
  productOf,
  profileView,
  type Decision,
  type JsonObject,
  type Product,
  type RuleInput,
} from "@vitrine/core";
import { deletePlan, takeShown, writePlan } from "../firstpaint/index.ts";
import { createSlots, type Exposure } from "../slots/index.ts";
import type { ActionsHost } from "../actions/index.ts";
import { createActionsLoader, type FetchActions } from "./actionsLoader.ts";
import type { Personal, PersonalEngine } from "./personal.ts";
import { verifySigned } from "./verifySigned.ts";

/** Changes are gathered for so long before slots and plan follow them. */
const SETTLE_MS = 100;

/** What the shopper sees of the engine: slots, prefill, the plan for the next page. */
export type Showing = Pick<Personal, "_view" | "_decide" | "_show" | "_undoShown" | "_plan">;

const language = () => document.documentElement.lang || navigator.language;

/** Composes slots and further actions with the engine. */
export function createShowing(engine: PersonalEngine, fetchActions: FetchActions): Showing {
  const { _now, _later, _storage, _emit, _sources } = engine;
  let timer: number | undefined;
  let isStale = true;

  const input = (app?: JsonObject, product?: Product): RuleInput => {
    const now = _now();
    const facts = _sources.product()?.properties;
    const article = product ?? (facts && productOf(facts));
    const shown = Object.entries(engine._shown).map(([rule, { session, inSession, day, onDay, ever }]) => {
      const counts = {
        session: session === engine._sessionId() ? inSession : 0,
        day: day === dayOf(now) ? onDay : 0,
        ever,
      };
      return [rule, counts] as const;
    });
    return {
      ruleset: engine._phase === "refused" ? undefined : engine._ruleset,
      actions: { ...BASIC_ACTIONS, ...loader._actions?._actions },
      shop: loader._actions?._shop,
      fold: engine._fold(),
      profile: engine._profile(),
      now,
      context: {
        targetingKey: engine._device?.id ?? engine._sessionId(),
        session: { isNew: engine._isNewSession(), isKnown: !!engine._user },
        page: {
          path: location.pathname,
          // Of a repeated parameter the first counts, as for the inline reader.
          query: Object.fromEntries([...new URLSearchParams(location.search)].reverse()),
          language: language(),
          ...(article ? { product: article } : {}),
        },
        channel: engine._config.channel ?? "web",
        // As of the last answer: who may not be remembered has none.
        geo: engine._snapshot?.geo,
        device: { width: innerWidth, touch: navigator.maxTouchPoints > 0 },
        consent: Object.entries(engine._consent).flatMap(([purpose, word]) =>
          word === "granted" || (word === "pending" && engine._phase === "pending") ? purpose : [],
        ),
        shown: Object.fromEntries(shown),
        app,
      },
    };
  };

  /** Runs what works on the shop's own document: whatever it throws is not the shop's to hear. */
  const guard = <T>(task: () => T): T | undefined => {
    try {
      return task();
    } catch (cause) {
      _emit("error", { code: "page", cause });
      return undefined;
    }
  };

  const decideNow = (placement: string, app?: JsonObject, product?: Product): Decision => {
    const isLate = guard(() => loader._isWaiting(placement));
    const decision = (!isLate && guard(() => decideWith(placement, input(app, product)))) || {
      placement,
      reason: isLate ? "default" : "error",
      evidence: [],
      trace: [],
    };
    _emit("decision", decision);
    return decision;
  };

  const expose = ({ time, ...exposure }: Exposure) => {
    if (engine._phase !== "open") return;
    const { rule } = exposure;
    const session = engine._sessionId();
    const day = dayOf(time ?? _now());
    const old = Object.hasOwn(engine._shown, rule) ? engine._shown[rule] : undefined;
    engine._shown[rule] = {
      session,
      inSession: (old?.session === session ? old.inSession : 0) + 1,
      day,
      onDay: (old?.day === day ? old.onDay : 0) + 1,
      ever: (old?.ever ?? 0) + 1,
    };
    engine._commit([["kv", "shown", engine._shown]]).catch(() => {}); // counted for this page
    _emit("exposure", exposure);
    void engine._capture({
      type: "track",
      event: "Content Shown",
      properties: exposure,
      at: time,
    });
  };

  const plan = () => {
    if (!_storage || !isStale || engine._phase === "boot") return; // not known yet who may be remembered
    isStale = false;
    const next = engine._remembers() ? compilePlanWith(input(), show) : undefined;
    if (next) writePlan(_storage, next);
    else deletePlan(_storage);
  };

  const show: typeof presentContent = (outcome, because = "", tag) =>
    loader._actions?._present(outcome, because, tag) ?? presentContent(outcome, because, tag);

  const tell = () => _emit("profile", engine._profile());

  const updateNow = () => {
    if (engine._phase === "boot") return;
    isStale = true;
    if (_storage && engine._phase === "open") for (const exposure of takeShown(_storage)) expose(exposure);
    guard(() => loader._look());
    guard(() => slots.update());
    guard(() => loader._actions?._update());
    // The next page's is compiled of what is here; what is on its way comes with a word of its own.
    if (!guard(() => loader._isWaiting())) guard(plan);
    guard(tell);
  };
  const update = () => {
    isStale = true;
    timer ??= _later(() => {
      timer = undefined;
      updateNow();
    }, SETTLE_MS);
  };

  const host: ActionsHost = {
    _engine: engine,
    _input: input,
    _decide: (placement, product) => decideNow(placement, undefined, product),
    _expose: ({ placement, rule, variant, version }) => {
      if (rule) expose({ placement, rule, variant, version });
    },
    _changed: update,
    _verify: (signed) => verifySigned(engine._subtle, signed, engine._config.rulesKey),
    _settle: (inside, isGivenBack) => slots.settle(inside, isGivenBack),
  };
  const loader = createActionsLoader(engine, fetchActions, host, updateNow);
  const slots = createSlots({
    window,
    decide: decideNow,
    present: ({ outcome, because }) => (outcome ? show(outcome, because, language()) : []),
    onExposure: expose,
    onLoop: (cause) => _emit("error", { code: "loop", cause }),
    onTooMany: () => _emit("error", { code: "too_many_slots" }),
    onAct: (act) => guard(() => loader._actions?._act(act)),
  });
  return {
    _view: () => guard(engine._profile) ?? profileView(emptyFold(), _now()),
    _decide: decideNow,
    _show: update,
    _plan: () => guard(plan),
    _undoShown: () => {
      guard(() => slots.undo());
      guard(() => loader._actions?._undo());
      update();
    },
  };
}

import {
  compilePlan,
  dayOf,
  decide,
  emptyFold,
  present,
  productOf,
  profileView,
  type Decision,
  type DecisionInput,
  type Product,
} from "@vitrine/core";
import { deletePlan, takeShown, writePlan } from "../firstpaint/index.ts";
import { createPrefill } from "../prefill/index.ts";
import { createSlots, type Exposure } from "../slots/index.ts";
import type { Personal, PersonalEngine } from "./personal.ts";

/** The placement of the size control. */
const SIZE_PLACEMENT = "size";

/** Changes are gathered for so long before slots and plan follow them. */
const SETTLE_MS = 100;

/** What the shopper sees of the engine: slots, prefill, the plan for the next page. */
export type Showing = Pick<Personal, "_view" | "_decide" | "_show" | "_undoShown" | "_plan">;

const language = () => document.documentElement.lang || navigator.language;

/** Composes slots and prefill with the engine. */
export function createShowing(engine: PersonalEngine): Showing {
  const { _now, _later, _storage, _emit, _sources } = engine;
  let timer: number | undefined;
  let isStale = true;

  const input = (product?: Product): DecisionInput => {
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
      fold: engine._fold(),
      profile: engine._profile(),
      now,
      context: {
        targetingKey: engine._device?.id ?? engine._sessionId(),
        session: { isNew: engine._isNewSession() },
        page: {
          path: location.pathname,
          // Of a repeated parameter the first counts, as for the inline reader.
          query: Object.fromEntries([...new URLSearchParams(location.search)].reverse()),
          language: language(),
          ...(article ? { product: article } : {}),
        },
        device: { width: innerWidth, touch: navigator.maxTouchPoints > 0 },
        consent: Object.entries(engine._consent).flatMap(([purpose, word]) =>
          word === "granted" || (word === "pending" && engine._phase === "pending") ? purpose : [],
        ),
        shown: Object.fromEntries(shown),
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

  const decideNow = (placement: string, product?: Product): Decision => {
    const decision = guard(() => decide(placement, input(product))) ?? {
      placement,
      reason: "error",
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
    const next = engine._remembers() ? compilePlan(input()) : undefined;
    if (next) writePlan(_storage, next);
    else deletePlan(_storage);
  };

  const tell = () => _emit("profile", engine._profile());

  const update = () => {
    isStale = true;
    timer ??= _later(() => {
      timer = undefined;
      if (engine._phase === "boot") return;
      if (_storage && engine._phase === "open") for (const exposure of takeShown(_storage)) expose(exposure);
      guard(() => slots.update());
      guard(() => prefill.update());
      guard(plan);
      guard(tell);
    }, SETTLE_MS);
  };

  const slots = createSlots({
    window,
    decide: decideNow,
    present: ({ outcome, because = "" }) => (outcome ? present(outcome, because, language()) : []),
    onExposure: expose,
  });
  const prefill = createPrefill({
    window,
    decide: (product) => decideNow(SIZE_PLACEMENT, product),
    facts: () => _sources.product(),
    onShown: ({ decision: { placement, rule, variant, version } }) => {
      if (rule) expose({ placement, rule, variant, version });
    },
  });

  return {
    _view: () => guard(engine._profile) ?? profileView(emptyFold(), _now()),
    _decide: decideNow,
    _show: update,
    _plan: () => guard(plan),
    _undoShown: () => {
      guard(() => slots.undo());
      guard(() => prefill.undo());
      isStale = true;
    },
  };
}

import type { Decision, JsonObject, ProfileView } from "@vitrine/core";
import type { Config, ConsentWords } from "./config.ts";
import { attempt } from "./attempt.ts";
import { debugLog } from "./debug.ts";
import { createEmitter } from "./emitter.ts";
import { createEngine, type Delivery } from "./engine.ts";
import { SESSION_KEY } from "./identity/session.ts";
import type { Stored } from "./outbox/outbox.ts";
import type { Exposure } from "./slots/index.ts";
import type { FetchPart } from "./personalLoader.ts";
import { createSources, type SourcesOptions } from "./sources/index.ts";

/** What each name of `on` hears. */
export interface VitrineEvents {
  /** A ruleset was verified and applied. */
  ruleset: { version: number };
  /** The profile changed. */
  profile: ProfileView;
  decision: Decision;
  exposure: Exposure;
  /** An event was taken, in this tab or another; `text` is its JSON, `at` ms. Only where the personal part is. */
  captured: { messageId: string; at: number; text: string };
  /** An event was not taken, or given up, for a stable reason. */
  drop: { reason: string; messageId?: string };
  /** Survives a crash and a power cut. */
  stored: { messageId: string };
  /** The collector has it. */
  delivered: { messageId: string; time?: number };
  /** Something the shop's developers should look at. */
  error: { code: string; cause?: unknown };
}

/**
 * A proof of a user id: a token signed by the shop's server for this device. Give a function where you can: a second
 * person on a device gets a new device identity first, and the token must name that one.
 */
export type Proof = string | ((anonymousId: string) => string | Promise<string>);

/** The SDK in a page. No method throws. */
export interface Vitrine {
  /** Notes that something happened; settles when it is safe, never rejects. */
  track(name: string, properties?: object, options?: { context?: JsonObject }): Promise<Stored>;
  page(name?: string, properties?: object): Promise<Stored>;
  /** Says who this is. Without a proof it is a claim that joins nothing. */
  identify(userId: string | number, traits?: object, options?: { proof?: Proof }): Promise<Stored>;
  /** Says what the person allows. */
  consent(words: ConsentWords): Promise<void>;
  /** Another person: forgets this one and becomes a new device. */
  reset(): Promise<void>;
  /**
   * Before {@link ready} the shop's default stands.
   * @param app what only the page's own code knows now, for conditions on `app.*`; it is neither kept nor sent
   */
  decide(placement: string, app?: JsonObject): Decision;
  /** Before {@link ready} it is empty. */
  profile(): ProfileView;
  /**
   * Settles when consent and device are known and the personal part is here, or did not come in time; `anonymousId` is
   * absent while nothing may be kept.
   */
  ready(): Promise<{ anonymousId?: string }>;
  /** Makes everything durable and sends it, as far as the collector lets. */
  flush(): Promise<void>;
  /** Listens; the returned function ends it. */
  on<N extends keyof VitrineEvents>(name: N, handler: (detail: VitrineEvents[N]) => void): () => void;
}

let instance: Vitrine | undefined;

/**
 * Starts the SDK in this page; a second call gives the first one's, since two would count everything twice.
 * @param fetchPart how this build fetches its further parts
 */
export function startVitrine(config: Config, fetchPart: FetchPart): Vitrine {
  if (instance && !config.platform) return instance;
  const { _on, _emit } = createEmitter(config.debug ? debugLog : undefined);
  /** Identifies again, as the new device. */
  let again: (() => void) | undefined;
  const engine = createEngine(config, fetchPart, {
    _emit,
    _onProof: (proof) => {
      if (proof === "proven") return;
      _emit("error", { code: `proof_${proof}` });
      if (engine._user) engine._setUser({ ...engine._user, proven: undefined });
      // The device is another person's, and this browser had forgotten it.
      if (proof === "other_person") void engine._reset().then(again);
    },
  });
  engine._sources = createSources({
    window,
    capture: ({ type, name, properties, context }) =>
      void engine._capture({ type, event: name, properties, options: { context } }),
    onProduct: engine._onChange,
    isReaderDue: engine._isPersonalDue,
    newId: engine._newId,
    dataLayer: config.dataLayer,
    pageViews: config.pageViews,
  } as SourcesOptions);
  // Whoever has a session did not refuse: no need to wait for the database's word.
  if (attempt(() => engine._storage!.getItem(SESSION_KEY))) void engine._loadPersonal();
  const ready = engine._boot();
  followPage(engine);

  const identify = async (
    given: string | number,
    traits?: object,
    options?: { proof?: Proof },
  ): Promise<Stored> => {
    const userId = String(given);
    const proof = options?.proof;
    if (proof) {
      await ready;
      const proven = engine._user?.proven;
      // A family's laptop must not chain two people together.
      if (proven && proven !== userId) await engine._reset();
    }
    const token = typeof proof === "function" ? await proof(engine._device?.id ?? "") : proof;
    again = typeof proof === "function" ? () => void identify(userId, traits, { proof }) : undefined;
    engine._setUser({ id: userId, proven: token ? userId : engine._user?.proven });
    return engine._capture({
      type: "identify",
      userId,
      traits,
      ...(token && { options: { context: { proof: token } } }),
    });
  };

  const call = (type: "track" | "page", name: string | undefined, properties?: object, options?: object) => {
    // No source shall find it again; a page's own getters may throw.
    attempt(() => engine._sources.note(type, name, (properties ?? {}) as JsonObject));
    return engine._capture({ type, event: name, properties, options });
  };

  const vitrine: Vitrine = {
    track: (name, properties, options) => call("track", name, properties, options),
    page: (name, properties) => call("page", name, properties),
    identify: (userId, traits, options) =>
      identify(userId, traits, options).catch((cause: unknown): Stored => {
        _emit("error", { code: "proof", cause });
        return { status: "dropped", reason: "proof" };
      }),
    consent: engine._say,
    reset: engine._reset,
    decide: (placement, app) =>
      engine._personal?._decide(placement, app) ?? { placement, reason: "default", evidence: [], trace: [] },
    profile: () => engine._personal?._view() ?? nothingKnown(),
    ready: async () => {
      await ready;
      await engine._loadPersonal();
      return engine._device ? { anonymousId: engine._device.id } : {};
    },
    flush: async () => {
      await ready;
      await engine._barrier();
      await engine._send(true);
    },
    on: _on,
  };
  if (!config.platform) instance = vitrine;
  return vitrine;
}

/** Follows the page's life. `pagehide` and `freeze` may be the last that is heard of it, or it comes back. */
function followPage(engine: Delivery): void {
  const { _listen } = engine;
  const leave = () => {
    engine._personal?._plan();
    engine._leave();
  };
  const comeBack = () => void engine._reload();
  _listen("pagehide", leave);
  _listen("freeze", leave);
  _listen("resume", comeBack);
  _listen("pageshow", (event) => (event as PageTransitionEvent).persisted && comeBack());
  _listen("online", () => {
    void engine._loadPersonal();
    void engine._send(true);
  });
  _listen("visibilitychange", () => {
    if (engine._isVisible()) return engine._wake();
    engine._personal?._plan();
    engine._hide();
  });
}

/** The profile of somebody new. */
const nothingKnown = (): ProfileView => ({
  traits: {},
  consent: {},
  lastViewed: {},
  recent: [],
  categories: {},
  searches: [],
  filters: [],
  sizes: [],
  cart: { lines: [], count: 0 },
  lists: [],
  orders: [],
  orderCount: 0,
  stores: { visited: {} },
  tryOns: [],
  surveys: [],
  counters: {},
});

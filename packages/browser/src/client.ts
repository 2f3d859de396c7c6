import type { Decision, JsonObject, ProfileView } from "@vitrine/core";
import type { Config, ConsentWords } from "./config.ts";
import { debugLog } from "./debug.ts";
import { createEmitter } from "./emitter.ts";
import { createEngine } from "./engine.ts";
import type { Stored } from "./outbox/outbox.ts";
import { createPage } from "./page.ts";
import { browserPlatform } from "./platform.ts";
import type { Exposure } from "./slots/index.ts";

/** What each name of `on` hears. */
export interface VitrineEvents {
  /** A ruleset was verified and applied. */
  ruleset: { version: number };
  /** The profile changed. */
  profile: ProfileView;
  decision: Decision;
  exposure: Exposure;
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
  identify(userId: string, traits?: object, options?: { proof?: Proof }): Promise<Stored>;
  /** Says what the person allows. */
  consent(words: ConsentWords): Promise<void>;
  /** Another person: forgets this one and becomes a new device. */
  reset(): Promise<void>;
  decide(placement: string): Decision;
  profile(): ProfileView;
  /** Settles when consent and device are known; `anonymousId` is absent while nothing may be kept. */
  ready(): Promise<{ anonymousId?: string }>;
  /** Makes everything durable and sends it, as far as the collector lets. */
  flush(): Promise<void>;
  /** Listens; the returned function ends it. */
  on<N extends keyof VitrineEvents>(name: N, handler: (detail: VitrineEvents[N]) => void): () => void;
}

let instance: Vitrine | undefined;

/** Starts the SDK in this page; a second call gives the first one's, since two would count everything twice. */
export function createVitrine(config: Config): Vitrine {
  if (instance && !config.platform) return instance;
  const platform = { ...browserPlatform(), ...config.platform };
  const { _on, _emit, _hears } = createEmitter(config.debug ? debugLog : undefined);
  const engine = createEngine({
    _config: config,
    _platform: platform,
    _emit,
    _onChange: () => {
      page._update();
      if (_hears("profile")) _emit("profile", engine._profile._view());
    },
    _onForget: () => page._undo(),
  });
  const { _state, _life, _capture, _sender, _outbox, _profile } = engine;
  const page = createPage(engine);
  const ready = _life._boot();
  followPage(engine, page._plan);

  const identify = async (
    userId: string,
    traits: object | undefined,
    proof: Proof | undefined,
  ): Promise<Stored> => {
    const id = String(userId);
    if (proof) {
      await ready;
      const { _user } = _state;
      // A family's laptop must not chain two people together.
      if (_user?.proven && _user.id !== id) await _life._reset();
    }
    const anonymousId = _state._device?.id ?? "";
    const token = typeof proof === "function" ? await proof(anonymousId) : proof;
    _life._setUser({ id, ...(token ? { proven: true } : {}) });
    return _capture._capture({
      type: "identify",
      userId: id,
      traits,
      ...(token ? { context: { proof: token } } : {}),
    });
  };

  const vitrine: Vitrine = {
    track: (name, properties, options) => {
      page._sources.note("track", name, (properties ?? {}) as JsonObject);
      return _capture._capture({ type: "track", event: name, properties, ...options });
    },
    page: (name, properties) => {
      page._sources.note("page", name, (properties ?? {}) as JsonObject);
      return _capture._capture({ type: "page", event: name, properties });
    },
    identify: (userId, traits, options) =>
      identify(userId, traits, options?.proof).catch((cause: unknown): Stored => {
        _emit("error", { code: "proof", cause });
        return { status: "dropped", reason: "proof" };
      }),
    consent: _life._consent,
    reset: _life._reset,
    decide: (placement) => page._decide(placement),
    profile: _profile._view,
    ready: () => ready.then(() => (_state._device ? { anonymousId: _state._device.id } : {})),
    flush: async () => {
      await ready;
      await _outbox._barrier();
      await _sender._flush();
    },
    on: (name, handler) => _on(name, handler),
  };
  if (!config.platform) instance = vitrine;
  return vitrine;
}

/** Follows the page's life. `pagehide` and `freeze` may be the last that is heard of it, or it comes back. */
function followPage({ _life, _sender }: ReturnType<typeof createEngine>, plan: () => void): void {
  const leave = () => {
    plan();
    _life._leave();
  };
  addEventListener("pagehide", leave);
  document.addEventListener("freeze", leave);
  addEventListener("pageshow", (event) => {
    if (event.persisted) void _life._reload();
  });
  document.addEventListener("resume", () => void _life._reload());
  addEventListener("online", () => void _sender._flush());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") return _life._wake();
    plan();
    _life._hide();
  });
}

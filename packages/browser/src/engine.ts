import { createCapture, type Capture } from "./capture.ts";
import type { Config } from "./config.ts";
import { createDropReport, type DropReport } from "./drops.ts";
import type { Emit } from "./emitter.ts";
import { forgetFirstPaint } from "./firstpaint/forgetFirstPaint.ts";
import { firstConsent } from "./identity/consent.ts";
import { createSession, type SessionKeeper } from "./identity/session.ts";
import { createLife, type Life } from "./life.ts";
import { createOutbox, type Outbox, type OutboxNeeds } from "./outbox/outbox.ts";
import { createOutboxStore, type OutboxStore } from "./outbox/outboxStore.ts";
import type { Row } from "./outbox/row.ts";
import { createPersonalLoader, type FetchPart, type PersonalLoader } from "./personalLoader.ts";
import { browserPlatform, type Platform } from "./platform.ts";
import type { Sources } from "./sources/index.ts";
import { FREE, type State } from "./state.ts";
import { createSender, type Sender, type SenderNeeds } from "./sync/sender.ts";

/** What the engine tells the page. */
export interface PageHooks {
  _emit: Emit;
  /** What the collector made of a proof. */
  _onProof: (proof: string) => void;
}

/** The parts that capture, keep and send, as one object; each names in its own type what it needs of the others. */
export interface Delivery
  extends
    Platform,
    State,
    PageHooks,
    OutboxStore,
    Outbox,
    DropReport,
    SessionKeeper,
    Sender,
    Capture,
    Life,
    PersonalLoader,
    Pick<OutboxNeeds, "_keepsTail" | "_changed" | "_note">,
    Pick<SenderNeeds, "_acknowledged"> {
  _remembers: () => boolean;
  _taken: (row: Row) => void;
  _refold: () => void;
  /** Profile, rules, consent or device changed. */
  _onChange: () => void;
  /** What was shown must go: refusal, another person. */
  _undo: () => void;
  _sources: Sources;
}

/** Wires the engine: who tells whom stands here. Nothing happens before `_boot`. */
export function createEngine(config: Config, fetchPart: FetchPart, hooks: PageHooks): Delivery {
  const state: State = {
    _config: config,
    _phase: "boot",
    _consent: firstConsent(config),
    _facts: [],
    _shown: {},
    _lease: FREE,
    _rows: new Map(),
    _tail: new Map(),
    _writers: {},
    _maxBytes: config.maxBytes || 5e6,
  };
  const engine = { ...browserPlatform(), ...config.platform, ...state, ...hooks } as Delivery;
  const remembers = () => engine._phase === "open" && engine._consent.personalization === "granted";
  Object.assign(engine, {
    _remembers: remembers,
    _keepsTail: (row) => remembers() && row.anonymousId === engine._device?.id,
    _note: (row) => engine._personal?._note(row),
    _refold: () => engine._personal?._refold(),
    _onChange: () => engine._personal?._show(),
    _changed: () => {
      engine._refold();
      engine._onChange();
    },
    _undo: () => {
      engine._personal?._undoShown();
      engine._tellWorker?.("forget");
      forgetFirstPaint(engine._storage);
    },
    _taken: (row) => {
      engine._note(row);
      engine._touch(true);
      engine._soon(row.priority > 1 ? 0 : undefined);
      engine._onChange();
    },
    _acknowledged: (batch, results) => {
      // A time that the collector moved changes the fold; the usual one does not.
      if (results.some(({ time }, at) => time !== batch[at]?.at)) engine._refold();
      for (const { proof } of results) if (proof) engine._onProof(proof);
    },
  } satisfies Partial<Delivery>);
  Object.assign(
    engine,
    createOutboxStore(engine, () => void engine._reload()),
  );
  return Object.assign(
    engine,
    createOutbox(engine),
    createDropReport(engine),
    createSession(engine),
    createSender(engine),
    createCapture(engine),
    createLife(engine),
    createPersonalLoader(engine, fetchPart),
  );
}

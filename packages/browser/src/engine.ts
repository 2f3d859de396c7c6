import { createCapture, type Capture } from "./capture.ts";
import type { Config } from "./config.ts";
import { firstConsent } from "./consent.ts";
import { createDropReport, type DropReport } from "./drops.ts";
import type { Emit } from "./emitter.ts";
import { createLife, type Life } from "./life.ts";
import { createLocalProfile, type LocalProfile } from "./localProfile.ts";
import { createOutbox, type Outbox, type OutboxNeeds } from "./outbox/outbox.ts";
import { createOutboxStore, type OutboxStore } from "./outbox/outboxStore.ts";
import { browserPlatform, type Platform } from "./platform.ts";
import { createRemote, type Remote } from "./remote.ts";
import { createSession, type SessionKeeper } from "./session.ts";
import { FREE, type State } from "./state.ts";
import { createStream, type Stream } from "./stream.ts";
import { createSender, type Sender, type SenderNeeds } from "./sync/sender.ts";

/** What the engine tells the page. */
export interface PageHooks {
  _emit: Emit;
  /** Profile, rules, consent or device changed. */
  _onChange: () => void;
  /** What was shown must go: refusal, another person. */
  _undo: () => void;
  /** What the collector made of a proof. */
  _onProof: (proof: string) => void;
}

/** All parts of the engine as one object; each part names in its own type what it needs of the others. */
export interface Engine
  extends
    Platform,
    State,
    PageHooks,
    OutboxStore,
    Outbox,
    DropReport,
    LocalProfile,
    SessionKeeper,
    Sender,
    Remote,
    Stream,
    Capture,
    Life,
    Pick<OutboxNeeds, "_keepsTail" | "_changed">,
    Pick<SenderNeeds, "_acknowledged"> {
  _remembers: () => boolean;
  _taken: (row: { priority: number }) => void;
}

/** Wires the engine: who tells whom stands here. Nothing happens before `_boot`. */
export function createEngine(config: Config, hooks: PageHooks): Engine {
  const state: State = {
    _config: config,
    _phase: "boot",
    _consent: firstConsent(config),
    _shown: {},
    _lease: FREE,
    _rows: new Map(),
    _tail: new Map(),
    _writers: {},
    _maxBytes: config.maxBytes ?? 5e6,
  };
  const engine = { ...browserPlatform(), ...config.platform, ...state, ...hooks } as Engine;
  const remembers = () => engine._phase === "open" && engine._consent.personalization === "granted";
  Object.assign(engine, {
    _remembers: remembers,
    _keepsTail: (row) => remembers() && row.anonymousId === engine._device?.id,
    _changed: () => {
      engine._refold();
      engine._onChange();
    },
    _taken: ({ priority }) => {
      engine._touch(true);
      engine._soon(priority > 1 ? 0 : undefined);
      engine._onChange();
    },
    _acknowledged: (batch, results) => {
      // A time that the collector moved changes the fold; the usual one does not.
      if (results.some(({ time }, at) => time !== batch[at]?.at)) engine._refold();
      for (const { proof } of results) if (proof) engine._onProof(proof);
    },
  } satisfies Partial<Engine>);
  Object.assign(
    engine,
    createOutboxStore(engine, () => void engine._reload(true)),
  );
  return Object.assign(
    engine,
    createOutbox(engine),
    createDropReport(engine),
    createLocalProfile(engine),
    createSession(engine),
    createRemote(engine),
    createStream(engine),
    createSender(engine),
    createCapture(engine),
    createLife(engine),
  );
}

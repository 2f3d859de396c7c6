import { createCapture, type Capture } from "./capture.ts";
import type { Config } from "./config.ts";
import { firstConsent } from "./consent.ts";
import { createDropReport } from "./drops.ts";
import type { Emit } from "./emitter.ts";
import { toBase64Url } from "./ids.ts";
import { createLife, type Life } from "./life.ts";
import { createLocalProfile, type LocalProfile } from "./localProfile.ts";
import { createOutbox, type Outbox } from "./outbox/outbox.ts";
import { createOutboxStore, type OutboxStore } from "./outbox/outboxStore.ts";
import type { Platform } from "./platform.ts";
import { createRemote, type Remote } from "./remote.ts";
import { createSession, type SessionKeeper } from "./session.ts";
import type { State } from "./state.ts";
import { createStream, type Stream } from "./stream.ts";
import { createSender, type Sender } from "./sync/sender.ts";

/** The parts of the engine, wired: events kept safe and moved, profile and rules kept fresh. */
export interface Engine {
  _config: Config;
  _platform: Platform;
  _emit: Emit;
  _state: State;
  _store: OutboxStore;
  _outbox: Outbox;
  _profile: LocalProfile;
  _session: SessionKeeper;
  _sender: Sender;
  _remote: Remote;
  _stream: Stream;
  _capture: Capture;
  _reportDrops: () => void;
  _life: Life;
}

/** What the engine tells the page. */
export interface EngineOptions {
  _config: Config;
  _platform: Platform;
  _emit: Emit;
  /** Profile, rules, consent or device changed. */
  _onChange: () => void;
  /** What was shown must go: refusal, reset. */
  _onForget: () => void;
}

/** Wires the engine: this function is the table of who tells whom. Nothing starts before `_life._boot`. */
export function createEngine({ _config, _platform, _emit, _onChange, _onForget }: EngineOptions): Engine {
  const _state: State = {
    _phase: "boot",
    _consent: firstConsent(_config),
    _device: undefined,
    _user: undefined,
    _writer: undefined,
    _ruleset: undefined,
    _shown: {},
    _quotaBytes: Infinity,
  };
  const changed = () => {
    _profile._invalidate();
    _onChange();
  };
  const onCommit = () => _life._tellTabs();

  const _store = createOutboxStore(_platform, () => void _life._reload(true));
  const drops = createDropReport(_platform, (loss) => {
    void _capture._capture({ type: "track", event: "Events Dropped", properties: loss });
  });
  const _outbox = createOutbox({
    _platform,
    _store,
    _emit,
    _maxBytes: () => Math.min(_config.maxBytes ?? 5e6, _state._quotaBytes / 10),
    _onChange: changed,
    _onCommit: onCommit,
    _onDrop: ({ messageId, writer, seq }, reason) => {
      _emit("drop", { messageId, reason });
      drops._lost(reason, writer, seq);
    },
  });
  const _profile = createLocalProfile(_outbox, () => _state._device?.id, _platform._now);
  const _session = createSession(_platform);
  const shared = { _target: _config, _platform, _state, _outbox, _store, _emit };
  const _sender = createSender({
    ...shared,
    _me: toBase64Url(_platform._random(9)),
    _keepsTail: (row) => _life._remembers() && row.anonymousId === _state._device?.id,
    _onTaken: (batch, results) => {
      // A time that the collector moved changes the fold; the usual one does not.
      if (results.some(({ time }, at) => time !== batch[at]!.at)) _profile._invalidate();
      for (const { proof } of results) if (proof) _life._judgeProof(proof);
    },
  });
  const _remote = createRemote({
    ...shared,
    _rulesKey: _config.rulesKey,
    _profile,
    _onProfile: changed,
    _onRules: _onChange,
    _onCommit: onCommit,
  });
  const _stream = createStream({
    _target: _config,
    _platform,
    _secret: () => (_life._remembers() ? _state._device?.secret : undefined),
    _lastId: () => `${_profile._snapshot?.revision ?? 0}.${_state._ruleset?.version ?? 0}`,
    _onState: ({ revision, rules }) => {
      if (rules > (_state._ruleset?.version ?? 0)) void _remote._refreshRules();
      if (revision !== _profile._snapshot?.revision) void _remote._refreshSnapshot();
    },
    _onLost: () => {
      void _remote._refreshRules();
      void _remote._refreshSnapshot();
    },
  });
  const _capture = createCapture({
    _config,
    _platform,
    _state,
    _outbox,
    _profile,
    _emit,
    _onLost: drops._lost,
    _onTaken: ({ priority }) => {
      _session._touch(true);
      _sender._soon(priority > 1 ? 0 : undefined);
      _onChange();
    },
  });
  const parts = {
    _config,
    _platform,
    _emit,
    _state,
    _store,
    _outbox,
    _profile,
    _session,
    _sender,
    _remote,
    _stream,
  };
  const engine = { ...parts, _capture, _reportDrops: drops._report };
  const _life = createLife(engine, changed, _onForget);
  return { ...engine, _life };
}

import type { ConsentWords } from "./config.ts";
import { gateOf, joinConsent, type ConsentRecord } from "./consent.ts";
import { createCookie } from "./cookie.ts";
import { createDevice, type Device } from "./device.ts";
import type { Engine } from "./engine.ts";
import type { Change, Kept } from "./outbox/outboxStore.ts";
import type { Snapshot } from "./snapshot.ts";
import type { ShownCounts, User } from "./state.ts";

/** Other tabs' news are gathered for so long before they are read. */
const RELOAD_MS = 50;

/** How the engine begins, changes and ends what it may do. Every step waits for the one before. */
export interface Life {
  _boot: () => Promise<void>;
  /** Reads what other tabs wrote; `isBack`: after the database failed, so what it lost is written again. */
  _reload: (isBack?: boolean) => Promise<void>;
  _consent: (words: ConsentWords) => Promise<void>;
  _reset: () => Promise<void>;
  _setUser: (user: User) => void;
  /** Hears what the collector made of a proof. */
  _judgeProof: (proof: string) => void;
  /** True when a person may be remembered on this device. */
  _remembers: () => boolean;
  _tellTabs: () => void;
  /** The page is shown; it is hidden; it goes (perhaps to come back). */
  _wake: () => void;
  _hide: () => void;
  _leave: () => void;
}

/** Creates the life of an engine. */
export function createLife(engine: Omit<Engine, "_life">, onChange: () => void, onForget: () => void): Life {
  const {
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
  } = engine;
  const cookie = createCookie(_config, _platform);
  let channel: BroadcastChannel | undefined;
  let reloading: number | undefined;
  let turn: Promise<void> = Promise.resolve();

  const inTurn = (step: () => Promise<void>): Promise<void> =>
    (turn = turn.then(step).catch((cause: unknown) => _emit("error", { code: "engine", cause })));

  const tellTabs = () => channel?.postMessage(0);
  const remembers = () => _state._phase === "open" && _state._consent.personalization === "granted";
  // What cannot be stored now holds for this page.
  const keep = (changes: Change[], strict?: boolean) => _store._commit(changes, strict).catch(() => {});

  const endWriter = () => {
    _state._writer?._release();
    _state._writer = undefined;
  };

  /** Takes over what is stored. */
  const adopt = async ({ _kv, ...rows }: Kept, isBack?: boolean) => {
    const device = _kv.device as Device | undefined;
    if (device && device.id !== _state._device?.id) {
      if (_state._device) endWriter(); // another tab was reset
      _state._device = device;
      _profile._snapshot = undefined;
    }
    _state._user = _kv.user as User | undefined;
    _state._shown = (_kv.shown as ShownCounts | undefined) ?? {};
    const snapshot = _kv.snapshot as Snapshot | undefined;
    if (snapshot?.anonymousId === _state._device?.id) _profile._snapshot = snapshot;
    _outbox._adopt({ _kv, ...rows }, isBack);
    _profile._invalidate();
    if (_kv.rules) await _remote._applyRules(_kv.rules, false);
  };

  /** Finds the device: the stored one, the one a cookie names, or a new one; two tabs agree on one. */
  const findDevice = async () => {
    if (!_state._device) {
      const mine = await createDevice(_platform, await cookie._ask());
      _state._device =
        (await _store._update<Device>("device", (old) => old ?? mine).catch(() => mine)) ?? mine;
    }
    cookie._tell(_state._device.secret);
  };

  /** Enters what the words allow. */
  const enter = async () => {
    const gate = gateOf(_state._consent);
    if (gate === "open") await findDevice();
    if (_state._phase !== "boot") return; // refused while the device was looked for
    _state._phase = gate;
    _session._touch(gate === "open");
    engine._capture._release();
    if (gate !== "refused") void _remote._refreshRules();
    if (gate === "open") {
      wake();
      void _remote._refreshSnapshot();
    }
    onChange();
  };

  const read = async (isBack?: boolean): Promise<void> => {
    const kept = await _store._load().catch(() => undefined);
    if (!kept) return;
    const { consent, device } = kept._kv as { consent?: ConsentRecord; device?: Device };
    if (consent) _state._consent = joinConsent(consent.words, undefined);
    if (gateOf(_state._consent) === "refused") return _state._phase === "boot" ? undefined : forget();
    if (isBack && !device && _state._device) {
      // The database was emptied under this page: give back what the page knows.
      const { _device, _user, _consent } = _state;
      kept._kv.device = _device;
      kept._kv.user = _user;
      const record: ConsentRecord = { words: _consent, at: _platform._now() };
      await keep([
        ["kv", "device", _device],
        ["kv", "user", _user],
        ["kv", "consent", record],
      ]);
    }
    await adopt(kept, isBack);
    onChange();
  };

  /** Refusal: nothing leaves, nothing stays but the record. */
  const forget = async () => {
    _state._phase = "refused";
    _sender._abort();
    _stream._close();
    endWriter();
    _outbox._clear();
    _state._device = _state._user = _profile._snapshot = undefined;
    _session._forget();
    onForget();
    onChange();
    const record: ConsentRecord = { words: _state._consent, at: _platform._now() };
    await _store._erase([["kv", "consent", record]]).catch(() => {});
    cookie._tell(undefined);
    tellTabs();
  };

  /** Forgets the person, not what was already said by them: personalization refused, or another person comes. */
  const forgetPerson = (changes: Change[]) => {
    for (const { messageId } of _outbox._tail.values()) changes.push(["tail", messageId]);
    _outbox._tail.clear();
    _profile._snapshot = undefined;
    _state._shown = {};
    onForget();
    return keep([...changes, ["kv", "snapshot"], ["kv", "shown"]], true);
  };

  const consent = async (words: ConsentWords) => {
    _state._consent = joinConsent(_state._consent, words);
    const gate = gateOf(_state._consent);
    if (gate === "refused") return forget();
    const wasOpen = _state._phase === "open";
    if (gate === "open" && !wasOpen) {
      _state._phase = "boot";
      await enter();
    } else _state._phase = gate;
    if (gate !== "open") return;
    const purposes = { ..._state._consent };
    await keep([["kv", "consent", { words: purposes, at: _platform._now() }]], true);
    await engine._capture._capture({ type: "track", event: "Consent Updated", properties: { purposes } });
    if (!remembers()) await forgetPerson([]);
    onChange();
  };

  /**
   * Another person: a new device identity. What the old one has not sent goes out as the old one, whose secret
   * its rows carry; nothing else of it stays.
   */
  const reset = async () => {
    endWriter();
    _session._forget();
    _state._user = undefined;
    if (_state._phase !== "open") return forgetPerson([]);
    _state._phase = "boot";
    _stream._close();
    const device = await createDevice(_platform);
    _state._device = device;
    await forgetPerson([
      ["kv", "device", device],
      ["kv", "user"],
    ]);
    cookie._tell(device.secret);
    tellTabs();
    await enter();
  };

  const setUser = (user: User) => {
    _state._user = user;
    void keep([["kv", "user", user]]);
  };

  const wake = () => {
    if (_state._phase !== "open") return;
    if (!channel) {
      channel = _platform._channel();
      channel?.addEventListener("message", () => {
        _platform._cancel(reloading);
        reloading = _platform._later(() => void inTurn(read), RELOAD_MS);
      });
    }
    _sender._lead();
    _sender._soon();
    if (document.visibilityState === "visible") _stream._open();
  };

  const life: Life = {
    _remembers: remembers,
    _tellTabs: tellTabs,
    _setUser: setUser,
    _boot: () =>
      inTurn(async () => {
        await read();
        await enter();
      }),
    _reload: (isBack) =>
      inTurn(async () => {
        await read(isBack);
        wake();
      }),
    _consent: (words) => inTurn(() => consent(words)),
    _reset: () => inTurn(reset),
    _judgeProof: (proof) => {
      const { _user } = _state;
      if (_user && proof !== "proven") setUser({ id: _user.id });
      _emit("proof", proof);
    },
    _wake: wake,
    _hide: () => {
      engine._reportDrops();
      void _outbox._barrier();
      _session._save();
      _stream._close();
      // A hidden page lets a visible one lead.
      void _sender._flush().finally(_sender._yield);
    },
    _leave: () => {
      engine._reportDrops();
      void _outbox._barrier();
      _session._save();
      _stream._close();
      _sender._leave();
      channel?.close();
      channel = undefined;
      endWriter();
    },
  };
  return life;
}

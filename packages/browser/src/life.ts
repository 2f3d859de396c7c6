import { toJson } from "@vitrine/core";
import type { Capture } from "./capture.ts";
import type { ConsentWords } from "./config.ts";
import { gateOf, joinConsent, type ConsentRecord } from "./identity/consent.ts";
import { createCookie } from "./identity/cookie.ts";
import { createDevice, type Device } from "./identity/device.ts";
import type { DropReport } from "./drops.ts";
import type { Emit } from "./emitter.ts";
import { toBase64Url } from "./ids.ts";
import type { Outbox } from "./outbox/outbox.ts";
import type { Change, OutboxStore } from "./outbox/outboxStore.ts";
import type { Platform } from "./platform.ts";
import type { SessionKeeper } from "./identity/session.ts";
import { FREE, type State, type User } from "./state.ts";
import type { Sender } from "./sync/sender.ts";

/** How the engine begins, changes and ends what it may do. Every step waits for the one before. */
export interface Life {
  _boot: () => Promise<void>;
  /** Reads what other tabs wrote; after the database failed, what it lost is written again. */
  _reload: () => Promise<void>;
  _say: (words: ConsentWords) => Promise<void>;
  _reset: () => Promise<void>;
  _setUser: (user: User) => void;
  /** The page is shown; it is hidden; it goes, perhaps to come back. */
  _wake: () => void;
  _hide: () => void;
  _leave: () => void;
  /** Commits, and tells the other tabs what. */
  _commit: OutboxStore["_commit"];
}

/** Values by their keys in store `kv`; besides, `w:` and a page load's id: `WriterEntry`. */
interface KeptValues {
  consent: ConsentRecord;
  device: Device;
  user: User;
  snapshot: NonNullable<State["_snapshot"]>;
  rules: unknown;
  shown: State["_shown"];
  lease: State["_lease"];
}

/** What life needs of the engine. */
export interface LifeNeeds
  extends Platform, State, OutboxStore, Outbox, SessionKeeper, Sender, Capture, DropReport {
  _emit: Emit;
  /** True when the person may be remembered on this device. */
  _remembers: () => boolean;
  /** Profile, rules, consent or device changed; `_changed` folds anew as well. */
  _onChange: () => void;
  _changed: () => void;
  _refold: () => void;
  _loadPersonal: () => unknown;
  /** What was shown must go: refusal, another person. */
  _undo: () => void;
}

/** Creates the life of an engine. */
export function createLife(engine: LifeNeeds): Life {
  const { _askCookie, _tellCookie } = createCookie(engine);
  let channel: BroadcastChannel | undefined;
  let turn: Promise<void> = Promise.resolve();

  const inTurn = (step: () => Promise<void>): Promise<void> =>
    (turn = turn.then(step).catch((cause: unknown) => engine._emit("error", { code: "engine", cause })));

  const { _commit } = engine;
  const commit: OutboxStore["_commit"] = async (changes, strict) => {
    await _commit(changes, strict);
    tell(changes);
  };

  /** What the page said and the database did not take; stored with the next words, and before anything is read again. */
  let unsaved: Change[] = [];

  /** Said in another tab since the last reading; counts where the disk had no room for it. */
  let said: ConsentRecord | undefined;

  /** How often all was refused on this device, as far as this page knows; a comparison with it is false before it knows. */
  let refused: number | undefined;

  /** A refusal could not empty the store yet: whatever is stored next comes after that. */
  let mustErase = false;

  // What cannot be stored now holds for this page.
  const keep = async (changes: Change[]) => {
    const all = unsaved.concat(changes);
    unsaved = [];
    try {
      await (mustErase ? engine._erase(all) : _commit(all, true));
      mustErase = false;
      listen(); // a page that fell asleep over it had stopped
      tell(all);
    } catch {
      unsaved.unshift(...all);
    }
  };

  const consentRecord = (): Change => {
    const record: ConsentRecord = { words: engine._consent, at: engine._now(), refused };
    return ["kv", "consent", record];
  };

  /** Tells the other tabs. */
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel has none
  const tell = (changes: Change[]) => channel?.postMessage(changes);

  /** @param wasOpen when it came; what came before this page's first reading may be gone again, so it is read */
  const hear = async (changes: Change[], wasOpen: boolean) => {
    const kv = Object.fromEntries(changes.flatMap(([store, ...entry]) => (store === "kv" ? [entry] : [])));
    said = (kv.consent as ConsentRecord | undefined) ?? said;
    if (
      mustErase ||
      !wasOpen ||
      engine._phase !== "open" ||
      kv.consent ||
      kv.device ||
      !engine._hear(changes)
    )
      return read();
    const { _user: user, _shown: shown, _lease: lease, _snapshot: snapshot } = engine;
    await take({ user, shown, lease, snapshot, ...kv });
  };

  const listen = () => {
    if (channel) return;
    channel = engine._openChannel();
    channel?.addEventListener("message", ({ data }) => {
      const wasOpen = engine._phase === "open";
      void inTurn(() => hear(data as Change[], wasOpen));
    });
  };

  const endWriter = () => {
    engine._writer?._release();
    engine._writer = undefined;
  };

  /** Takes over values that are stored. */
  const take = async (kv: Record<string, unknown>) => {
    const { user, shown = {}, lease = FREE, snapshot, rules } = kv as Partial<KeptValues>;
    engine._user = user;
    engine._shown = shown;
    engine._lease = lease;
    if (snapshot !== engine._snapshot) engine._refold();
    engine._snapshot = snapshot?.anonymousId === engine._device?.id ? snapshot : undefined;
    if (rules) {
      engine._signedRules = rules;
      await engine._personal?._applyRules(rules);
    }
    engine._onChange();
    wake();
  };

  /** Losses of the database that the last reading knew of. */
  let knownLosses = 0;

  /** Reads and takes over all that is stored. */
  const read = async (): Promise<void> => {
    listen(); // before: what changes while this reads is heard
    const losses = engine._losses();
    let isBack = losses > knownLosses;
    if (engine._phase === "refused" && (isBack || unsaved[0])) {
      knownLosses = losses;
      return erase();
    }
    if (isBack || mustErase) await keep([]);
    if (mustErase) return; // all that is stored may be from before the refusal
    const kept = await engine._load().catch(() => undefined);
    if (!kept) return; // in memory until the database is back
    knownLosses = losses;
    const { _kv } = kept;
    const { consent = said } = _kv as Partial<KeptValues>;
    if (consent) engine._consent = joinConsent(consent.words, undefined);
    const past = consent?.refused ?? 0;
    // Refused and allowed again while this page slept: what it still holds is from before.
    if (past > refused!) engine._forgetRows();
    if (!(past < refused!)) refused = past;
    const gate = gateOf(engine._consent);
    const isBoot = engine._phase === "boot";
    // A page that did not know yet may have stored something since.
    if (gate === "refused")
      return engine._phase === gate || (isBoot && !kept._outbox[0]) ? undefined : forget();
    if (engine._device && !_kv.device) {
      // The database was emptied under this page: give back what the page knows.
      isBack = true;
      const { _device: device, _user: user } = engine;
      Object.assign(_kv, { device, user });
      await keep([
        ["kv", "device", device],
        ["kv", "user", user],
      ]);
      // Another tab may have refused meanwhile.
      await engine._update("consent", (old) => old ?? consentRecord()[2]).catch(() => {});
    }
    const { device } = _kv as Partial<KeptValues>;
    if (device && device.id !== engine._device?.id) {
      endWriter(); // another tab was reset
      engine._device = device;
    }
    // Words that were stored late emptied the store again: what is allowed goes back as well.
    engine._adopt(kept, isBack || !!said);
    said = undefined;
    engine._refold();
    await take(_kv);
    if (isBoot || gate === engine._phase) return;
    engine._phase = "boot"; // granted in another tab
    await enter();
  };

  /** Enters what the words allow. */
  const enter = async () => {
    const gate = gateOf(engine._consent);
    if (gate === "open") {
      if (!engine._device) {
        const mine = await createDevice(engine, await _askCookie());
        // Two tabs agree on one.
        engine._device = await engine._update<Device>("device", (old) => old ?? mine).catch(() => mine);
      }
    }
    engine._phase = gate;
    engine._loadPersonal();
    engine._touch(gate === "open");
    if (gate === "open" && engine._isNewSession()) _tellCookie(engine._device!.secret);
    engine._release();
    if (gate !== "refused") void engine._personal?._refreshRules();
    engine._changed();
    wake();
  };

  const wake = () => {
    if (engine._phase !== "open") return;
    engine._lead();
    engine._soon();
    if (engine._isVisible()) engine._personal?._openStream();
  };

  const forgetShown = () => {
    engine._facts = [];
    engine._refold();
    engine._undo();
  };

  /** Leaves the record of the refusal. Where that cannot be stored, all else goes, and each later reading tries again. */
  const erase = async () => {
    mustErase = true;
    unsaved = [];
    await keep([consentRecord()]);
    if (mustErase)
      await engine._erase([]).then(
        () => (mustErase = false),
        () => {},
      );
  };

  /** Refusal: nothing leaves any more, nothing stays but the record. */
  const forget = async () => {
    engine._phase = "refused";
    engine._abort();
    engine._personal?._closeStream();
    endWriter();
    engine._forgetRows();
    engine._device = engine._user = engine._snapshot = undefined;
    engine._endSession();
    forgetShown();
    // The cookie names a device that never was.
    _tellCookie(toBase64Url(engine._random(32)));
    await erase();
    if (unsaved[0]) tell(unsaved);
  };

  /** Forgets the person, not what they said before: that was allowed and is still sent. */
  const forgetPerson = (changes: Change[]) => {
    for (const messageId of engine._tail.keys()) changes.push(["tail", messageId]);
    engine._tail.clear();
    engine._snapshot = undefined;
    engine._shown = {};
    forgetShown();
    return keep([...changes, ["kv", "snapshot"], ["kv", "shown"]]);
  };

  const say = async (words: ConsentWords) => {
    const joined = joinConsent(engine._consent, words);
    // Shops repeat what they know on every page: only a change is news. A tab whose grant found no room to be stored, and so was not
    // heard of, must hear of a refusal all the same.
    if (toJson(joined) === toJson(engine._consent))
      return void (engine._phase === "refused" && tell([consentRecord()]));
    engine._consent = joined;
    const gate = gateOf(engine._consent);
    if (gate === "refused") {
      refused = -~refused!; // 1 where none is known
      return forget();
    }
    if (gate !== "open") return void (engine._phase = gate);
    await keep([consentRecord()]);
    if (engine._phase !== "open") {
      engine._phase = "boot";
      await enter();
    }
    void engine._capture({
      type: "track",
      event: "Consent Updated",
      properties: { purposes: engine._consent },
    });
    if (!engine._remembers()) await forgetPerson([]);
    engine._changed();
  };

  /**
   * Another person: a new device identity. What the old one has not sent yet still goes out as the old one, with the
   * secret that its rows carry; nothing else of it stays on this device.
   */
  const reset = async () => {
    endWriter();
    engine._personal?._closeStream();
    engine._endSession();
    engine._user = undefined;
    if (engine._phase !== "open") return forgetPerson([]);
    engine._phase = "boot";
    engine._device = await createDevice(engine);
    await forgetPerson([
      ["kv", "device", engine._device],
      ["kv", "user"],
    ]);
    await enter();
  };

  const settle = () => {
    engine._release(true);
    engine._reportLosses();
    void engine._barrier();
    if (engine._rows.size) engine._tellWorker?.("drain");
    engine._saveSession();
    engine._personal?._closeStream();
  };

  return {
    _commit: commit,
    _wake: () => {
      engine._loadPersonal();
      wake();
    },
    _boot: () =>
      inTurn(async () => {
        // A prerendered page counts, keeps and sends nothing until it is seen: all else waits for this turn.
        await new Promise<void>(engine._onActivation);
        // An answer that comes late or never changes nothing but the cap.
        engine._quota().then(
          (offered = Infinity) => (engine._maxBytes = Math.min(engine._maxBytes, offered / 10)),
          () => {},
        );
        await read();
        await enter();
      }),
    _reload: () => inTurn(read),
    _say: (words) => inTurn(() => say(words)),
    _reset: () => inTurn(reset),
    _setUser: (user) => {
      engine._user = user;
      void keep([["kv", "user", user]]);
    },
    _hide: () => {
      settle();
      void engine._send().finally(engine._yield);
    },
    _leave: () => {
      settle();
      engine._stopSending();
      channel?.close();
      channel = undefined;
      endWriter();
    },
  };
}

import { isObject } from "@vitrine/core";
import type { Target } from "./config.ts";
import type { Emit } from "./emitter.ts";
import { isCovered, type LocalProfile } from "./localProfile.ts";
import type { Outbox } from "./outbox/outbox.ts";
import type { Change, OutboxStore } from "./outbox/outboxStore.ts";
import type { Platform } from "./platform.ts";
import { verifyRuleset } from "./rulesClient.ts";
import { parseSnapshot } from "./snapshot.ts";
import type { State } from "./state.ts";

/** What is fetched from the server: the profile's snapshot and the rules. Both wait for the network alone. */
export interface Remote {
  _refreshSnapshot: () => Promise<void>;
  _refreshRules: () => Promise<void>;
  /** Verifies a ruleset, keeps it when it `isNews`, and applies it. */
  _applyRules: (signed: unknown, isNews: boolean) => Promise<void>;
}

/** What it works on. */
export interface RemoteOptions {
  _target: Target;
  _rulesKey: string | undefined;
  _platform: Platform;
  _state: State;
  _outbox: Outbox;
  _store: OutboxStore;
  _profile: LocalProfile;
  _emit: Emit;
  _onProfile: () => void;
  _onRules: () => void;
  _onCommit: () => void;
}

/** Creates the reading side. */
export function createRemote(options: RemoteOptions): Remote {
  const { _target, _platform, _state, _outbox, _store, _profile, _emit } = options;
  const ask = (path: string, init?: RequestInit) =>
    _platform
      ._fetch(`${_target.endpoint}/${path}site=${encodeURIComponent(_target.site)}`, {
        cache: "no-cache",
        ...init,
      })
      .then((response): Promise<unknown> | undefined =>
        response.status === 200 ? response.json() : undefined,
      )
      .catch(() => undefined);

  const readSnapshot = async () => {
    const { _device } = _state;
    if (_state._phase !== "open" || !_device?.secret || _state._consent.personalization !== "granted") return;
    const mine = () => [..._outbox._tail.values(), ..._outbox._rows.values()].map((row) => row.writer);
    const asked = new Set([...mine(), ...(_state._writer ? [_state._writer.id] : [])]);
    const answer = await ask(`profile?writers=${[...asked].slice(-100).join()}&`, {
      headers: { authorization: `Bearer ${_device.secret}` },
    });
    const snapshot = parseSnapshot(answer, _device.id);
    if (!snapshot || _state._device !== _device || _state._phase !== "open") return;
    // Something of a page load that was not asked about may be in it: ask once more, or it would count twice.
    if (mine().some((writer) => !asked.has(writer))) return readSnapshot();
    if (snapshot.revision < (_profile._snapshot?.revision ?? 0)) return;
    const changes: Change[] = [["kv", "snapshot", snapshot]];
    for (const row of _outbox._tail.values())
      if (isCovered(row, snapshot)) changes.push(["tail", row.messageId]);
    await _store._commit(changes).then(options._onCommit, () => {}); // in memory then, the tail stays
    _profile._snapshot = snapshot;
    _profile._invalidate();
    for (const row of _outbox._tail.values())
      if (isCovered(row, snapshot)) _outbox._tail.delete(row.messageId);
    options._onProfile();
  };

  const applyRules = async (signed: unknown, isNews: boolean) => {
    const { _ruleset } = _state;
    const check = {
      site: _ruleset?.site,
      rulesKey: options._rulesKey,
      minVersion: _ruleset?.version ?? 0,
      now: _platform._now(),
    };
    const ruleset = await verifyRuleset(_platform._subtle, signed, check);
    if (!ruleset) {
      if (signed) _emit("error", { code: "rules_refused" });
      return;
    }
    if (_state._ruleset && ruleset.version <= _state._ruleset.version) return;
    // Verify, persist, apply: what is applied is what the next page starts with.
    if (isNews && _state._phase === "open") await _store._commit([["kv", "rules", signed]]).catch(() => {});
    _state._ruleset = ruleset;
    _emit("ruleset", { version: ruleset.version });
    options._onRules();
    if (isNews) options._onCommit();
  };

  return {
    _refreshSnapshot: coalesced(readSnapshot),
    _applyRules: applyRules,
    _refreshRules: coalesced(async () => {
      if (!options._rulesKey || _state._phase === "refused") return;
      const signed = await ask("rules?");
      if (isObject(signed)) await applyRules(signed, true);
    }),
  };
}

/** Runs one at a time; a call during a run makes it run once more. */
function coalesced(task: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let again = false;
  return () => {
    again = true;
    return (running ??= (async () => {
      while (again) {
        again = false;
        await task();
      }
    })().finally(() => (running = undefined)));
  };
}

import { MAX_RULESET_CHARS, type SignedRuleset } from "@vitrine/core";
import type { Emit } from "../emitter.ts";
import { isCovered, type LocalProfile } from "./localProfile.ts";
import type { Change, OutboxStore } from "../outbox/outboxStore.ts";
import type { Platform } from "../platform.ts";
import { checkRuleset } from "./verifyRuleset.ts";
import { verifySigned } from "./verifySigned.ts";
import { parseSnapshot } from "./snapshot.ts";
import type { State } from "../state.ts";

/** What is read from the server. */
export interface Remote {
  /** Asks the collector, as this device where it may be remembered. Rejects unless the answer is 200. */
  _ask: (
    path: string,
    init?: { headers?: Record<string, string>; signal?: AbortSignal },
  ) => Promise<Response>;
  /** Fetches the profile's snapshot; a failure waits for the next occasion. */
  _refreshSnapshot: () => Promise<void>;
  _refreshRules: () => Promise<void>;
  /** Verifies a ruleset, keeps it when it `isNews`, and applies it. */
  _applyRules: (signed: unknown, isNews?: boolean) => Promise<void>;
}

/** What reading needs of the engine. */
export interface RemoteNeeds extends Platform, State, OutboxStore, LocalProfile {
  _emit: Emit;
  _remembers: () => boolean;
  /** Profile or rules changed. */
  _changed: () => void;
}

/** Creates the reading side. */
export function createRemote(engine: RemoteNeeds): Remote {
  const { _config, _emit } = engine;
  // Said once: all else works, and a developer would look for the fault in the rules.
  if (_config.rulesKey && !engine._subtle) console.info("vitrine: rules need https");

  const ask: Remote["_ask"] = async (path, { headers, ...init } = {}) => {
    const secret = engine._remembers() && path !== "rules" && engine._device?.secret;
    const response = await engine._fetch(
      `${_config.endpoint}/${path}${path.includes("?") ? "&" : "?"}site=${_config.site}`,
      {
        cache: "no-cache",
        headers: { ...headers, ...(secret && { authorization: `Bearer ${secret}` }) },
        ...init,
      },
    );
    if (response.status !== 200) throw response;
    return response;
  };

  const readSnapshot = async (): Promise<void> => {
    const { _device, _writer } = engine;
    if (!engine._remembers() || !_device?.secret) return;
    const writers = () =>
      new Set([...engine._tail.values(), ...engine._rows.values()].map((row) => row.writer));
    const asked = writers();
    if (_writer) asked.add(_writer.id);
    const answer = await ask(`profile?writers=${[...asked].slice(-100).join()}`);
    const snapshot = parseSnapshot(await answer.json(), _device.id);
    if (!snapshot || engine._device !== _device || !engine._remembers()) return;
    // Events of a page load that was not asked about may be in it, and would count twice.
    for (const writer of writers()) if (!asked.has(writer)) return readSnapshot();
    if (snapshot.revision < (engine._snapshot?.revision ?? 0)) return;
    const covered = [...engine._tail.values()].filter((row) => isCovered(row, snapshot));
    const changes: Change[] = [["kv", "snapshot", snapshot]];
    for (const { messageId } of covered) changes.push(["tail", messageId]);
    // When it cannot be stored it holds for this page, and the stored tail stays.
    await engine._commit(changes).catch(() => {});
    engine._snapshot = snapshot;
    for (const { messageId } of covered) engine._tail.delete(messageId);
    engine._changed();
  };

  const applyRules = async (signed: unknown, isNews?: boolean) => {
    if (!_config.rulesKey) return;
    const old = engine._ruleset;
    const said = await verifySigned(engine._subtle, signed, _config.rulesKey, MAX_RULESET_CHARS);
    const ruleset = checkRuleset(said, {
      site: old?.site,
      minVersion: old?.version ?? 0,
      now: engine._now(),
    });
    if (!ruleset) {
      // After a change of keys a page may lack the one that signs now: what it has stays, and its maker must hear which is missing.
      const cause = said === null ? `data-rules-key has no ${(signed as SignedRuleset).kid}` : undefined;
      return _emit("error", { code: "rules_refused", cause });
    }
    if (ruleset.version <= (engine._ruleset?.version ?? 0)) return;
    // Verify, persist, apply: what is applied is what the next page starts with.
    if (isNews && engine._phase === "open") {
      await engine._commit([["kv", "rules", signed]]).catch(() => {});
    }
    engine._ruleset = ruleset;
    _emit("ruleset", { version: ruleset.version });
    engine._changed();
  };

  return {
    _ask: ask,
    _applyRules: applyRules,
    _refreshSnapshot: coalesced(readSnapshot),
    _refreshRules: coalesced(async () => {
      if (_config.rulesKey && engine._phase !== "refused")
        await applyRules(await (await ask("rules")).json(), true);
    }),
  };
}

/** Runs one at a time and fails quietly; a call during a run makes it run once more. */
function coalesced(task: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let again = false;
  return () => {
    again = true;
    return (running ??= (async () => {
      while (again) {
        again = false;
        await task().catch(() => {}); // offline, or nothing there: the next occasion comes
      }
      running = undefined;
    })());
  };
}

import type { Decision, JsonObject, ProfileView } from "@vitrine/core";
import type { Row } from "../outbox/row.ts";
import type { Delivery } from "../engine.ts";
import type { FetchActions } from "./actionsLoader.ts";
import { createLocalProfile, type LocalProfile } from "./localProfile.ts";
import { createRemote, type Remote } from "./remote.ts";
import { createShowing, type Showing } from "./showing.ts";
import { readJsonLd } from "../sources/jsonLd.ts";
import { createStream, type Stream } from "./stream.ts";

/**
 * What the SDK knows of the person and shows them: profile, rules, slots, prefill, news from the server. It is a
 * script of its own and may come late or never; events are captured, kept and sent without it.
 */
export interface Personal {
  /** Another row came that a fold may contain. */
  _note: (row: Row) => void;
  /** Rows went, times were fixed, another snapshot, another person: the fold starts over. */
  _refold: () => void;
  /** The resulting quantity of the cart's line that an event is about. */
  _quantityOf: (event: string, properties: JsonObject) => number | undefined;
  /** Settles when the ruleset that was stored before this part came is applied. */
  _joined: Promise<unknown>;
  /** Verifies and applies a stored ruleset. */
  _applyRules: (signed: unknown) => Promise<void>;
  _refreshRules: () => Promise<void>;
  _openStream: () => void;
  _closeStream: () => void;
  /** Profile, rules or consent changed: what is shown follows soon. */
  _show: () => void;
  /** Takes back what was shown. */
  _undoShown: () => void;
  /** Writes the plan for the next page, if it is not up to date. */
  _plan: () => void;
  /** Reads the articles that the page describes. */
  _readJsonLd: typeof readJsonLd;
  _view: () => ProfileView;
  _decide: (placement: string, app?: JsonObject) => Decision;
}

/** The engine with its personal part. */
export interface PersonalEngine
  extends Delivery, LocalProfile, Remote, Stream, Showing, Pick<Personal, "_readJsonLd" | "_joined"> {}

/**
 * Joins the personal part to a running engine.
 * @param fetchActions how this build fetches the further actions
 */
export function createPersonal(delivery: Delivery, fetchActions: FetchActions): Personal {
  const engine = delivery as PersonalEngine;
  Object.assign(engine, createLocalProfile(engine), createRemote(engine), createStream(engine));
  Object.assign(engine, createShowing(engine, fetchActions), { _readJsonLd: readJsonLd });
  engine._show();
  engine._joined = Promise.resolve(engine._signedRules && engine._applyRules(engine._signedRules));
  void engine._joined.then(() => catchUp(engine));
  return engine;
}

/** Catches up with what happened before this part came. */
async function catchUp(engine: PersonalEngine): Promise<void> {
  if (engine._phase !== "boot") await engine._refreshRules();
  if (engine._phase === "open" && engine._isVisible()) engine._openStream();
}

import {
  copyFold,
  emptyFold,
  foldEvent,
  inRanges,
  profileView,
  type Fold,
  type ProfileView,
} from "@vitrine/core";
import { eventOf, type Row } from "./outbox/row.ts";
import type { Platform } from "./platform.ts";
import type { Snapshot } from "./snapshot.ts";
import type { State } from "./state.ts";

/** What the device knows of its person: snapshot + tail + outbox, minus what the snapshot's ranges cover. */
export interface LocalProfile {
  /** Folds one more event, when somebody looks. */
  _note: (row: Row) => void;
  /** The same for an event that this page alone knows, before consent. */
  _noteFact: (row: Noted) => void;
  /** Starts over: rows went, times were fixed, another snapshot, another person (`isForgotten`). */
  _refold: (isForgotten?: boolean) => void;
  _fold: () => Fold;
  _view: () => ProfileView;
}

/** What the fold reads of a row. */
type Noted = Pick<Row, "text" | "at" | "time">;

/** True when the server's fold contains the event already. */
export function isCovered({ writer, seq }: Row, snapshot: Snapshot | undefined): boolean {
  const ranges = snapshot && Object.hasOwn(snapshot.received, writer) && snapshot.received[writer];
  return !!ranges && inRanges(ranges, seq);
}

/** Creates the local profile; folding waits until it is read, so that capture stays cheap. */
export function createLocalProfile(engine: State & Platform): LocalProfile {
  let fold: Fold | undefined;
  let view: ProfileView | undefined;
  let fresh: Noted[] = [];
  let facts: Noted[] = [];
  const read = () => {
    const { _snapshot, _device } = engine;
    if (!fold) {
      fold = _snapshot ? copyFold(_snapshot.fold) : emptyFold();
      fresh = [...facts];
      for (const row of [...engine._tail.values(), ...engine._rows.values()]) {
        if (row.anonymousId === _device?.id && !isCovered(row, _snapshot)) fresh.push(row);
      }
    }
    for (const row of fresh.splice(0)) foldEvent(fold, eventOf(row));
    return fold;
  };
  const note = (row: Noted) => {
    fresh.push(row);
    view = undefined;
  };
  return {
    _fold: read,
    _view: () => (view ??= profileView(read(), engine._now())),
    _note: (row) => {
      if (row.anonymousId === engine._device?.id) note(row);
    },
    _noteFact: (row) => {
      facts.push(row);
      note(row);
    },
    _refold: (isForgotten) => {
      if (isForgotten) facts = [];
      fold = view = undefined;
    },
  };
}

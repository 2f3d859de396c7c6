import {
  copyFold,
  emptyFold,
  foldEvent,
  inRanges,
  profileView,
  type Fold,
  type ProfileView,
  type TimedEvent,
} from "@vitrine/core";
import type { Outbox } from "./outbox/outbox.ts";
import { eventOf, type Row } from "./outbox/row.ts";
import type { Snapshot } from "./snapshot.ts";

/** What the device knows of its person: snapshot + tail + outbox, minus what the snapshot's ranges cover. */
export interface LocalProfile {
  _snapshot: Snapshot | undefined;
  /** Folds one more event, when somebody looks. */
  _add: (event: TimedEvent) => void;
  /** Starts over: rows went, times were fixed, another snapshot. */
  _invalidate: () => void;
  _fold: () => Fold;
  _view: () => ProfileView;
}

/** True when the server's fold contains the event already. */
export function isCovered({ writer, seq }: Row, snapshot: Snapshot | undefined): boolean {
  const ranges = snapshot && Object.hasOwn(snapshot.received, writer) && snapshot.received[writer];
  return !!ranges && inRanges(ranges, seq);
}

/** Creates the local profile; folding waits until it is read, so that capture stays cheap. */
export function createLocalProfile(
  outbox: Outbox,
  anonymousId: () => string | undefined,
  now: () => number,
): LocalProfile {
  let fold: Fold | undefined;
  let view: ProfileView | undefined;
  let fresh: TimedEvent[] = [];
  const profile: LocalProfile = {
    _snapshot: undefined,
    _add: (event) => {
      fresh.push(event);
      view = undefined;
    },
    _invalidate: () => {
      fold = view = undefined;
    },
    _fold: () => {
      if (!fold) {
        fold = profile._snapshot ? copyFold(profile._snapshot.fold) : emptyFold();
        fresh = [];
        for (const row of [...outbox._tail.values(), ...outbox._rows.values()]) {
          if (row.anonymousId === anonymousId() && !isCovered(row, profile._snapshot))
            foldEvent(fold, eventOf(row));
        }
      }
      for (const event of fresh.splice(0)) foldEvent(fold, event);
      return fold;
    },
    _view: () => (view ??= profileView(profile._fold(), now())),
  };
  return profile;
}

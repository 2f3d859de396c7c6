import {
  copyFold,
  emptyFold,
  foldEvent,
  inRanges,
  profileView,
  resultingQuantity,
  type Fold,
  type ProfileView,
} from "@vitrine/core";
import { attempt } from "../attempt.ts";
import type { Emit } from "../emitter.ts";
import { eventOf, type Row } from "../outbox/row.ts";
import type { Platform } from "../platform.ts";
import type { Fact, State } from "../state.ts";
import type { Personal } from "./personal.ts";
import type { Snapshot } from "./snapshot.ts";

/** What the device knows of its person: snapshot + tail + outbox, minus what the snapshot's ranges cover. */
export interface LocalProfile extends Pick<Personal, "_note" | "_refold" | "_quantityOf"> {
  _fold: () => Fold;
  _profile: () => ProfileView;
}

/** True when the server's fold contains the event already. */
export function isCovered({ writer, seq }: Row, snapshot: Snapshot | undefined): boolean {
  const ranges = snapshot && Object.hasOwn(snapshot.received, writer) && snapshot.received[writer];
  return !!ranges && inRanges(ranges, seq);
}

/** Creates the local profile; folding waits until it is read, so that capture stays cheap. */
export function createLocalProfile(engine: State & Platform & { _emit: Emit }): LocalProfile {
  let fold: Fold | undefined;
  let view: ProfileView | undefined;
  let fresh: Fact[] = [];
  const read = () => {
    const { _snapshot, _device } = engine;
    if (!fold) {
      fold = _snapshot ? copyFold(_snapshot.fold) : emptyFold();
      fresh = [...engine._facts];
      for (const row of [...engine._tail.values(), ...engine._rows.values()]) {
        if (row.anonymousId === _device?.id && !isCovered(row, _snapshot)) fresh.push(row);
      }
    }
    for (const row of fresh.splice(0)) foldEvent(fold, eventOf(row));
    return fold;
  };
  return {
    _fold: read,
    _profile: () => (view ??= profileView(read(), engine._now())),
    _note: (row) => {
      engine._emit("captured", { ...row, device: "" }); // its secret stays here
      if (row.anonymousId !== engine._device?.id) return;
      fresh.push(row);
      view = undefined;
    },
    _refold: () => (fold = view = undefined),
    // No event is lost for a profile that cannot be folded: the collector counts, then.
    _quantityOf: (event, properties) => attempt(() => resultingQuantity(event, properties, read())),
  };
}

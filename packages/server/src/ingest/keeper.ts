import { DAY_MS, DEDUPE_HORIZON_MS } from "@vitrine/core";
import type { Foundation } from "../services.ts";
import type { ExposureStore } from "../experiments/exposureStore.ts";
import type { SurveyStore } from "../experiments/surveyStore.ts";
import type { LogStore } from "../stores/logStore.ts";
import type { MessageStore } from "../stores/messageStore.ts";
import type { RowStore } from "../stores/rowStore.ts";
import type { Rows } from "./rows.ts";

/** Rows saved in one go: few enough to hold up nobody. */
const SLICE_ROWS = 100;
const PRUNE_MS = 3_600_000;

/** Keeps the store tidy in the background: saves rows behind, and forgets what is past its horizon. */
export function createKeeper(
  { settings, clock, log: logger, onFatal }: Foundation,
  stores: {
    rows: Rows;
    log: LogStore;
    messages: MessageStore;
    exposures: Pick<ExposureStore, "prune">;
    surveys: Pick<SurveyStore, "prune">;
    store: RowStore;
  },
): { stop(): void } {
  const { rows, log, messages, exposures, surveys, store } = stores;
  let isStopped = false;

  const guarded = (work: () => void) => {
    if (isStopped) return;
    try {
      work();
    } catch (error) {
      // Rows stay marked as changed and the log has everything: the next round tries again.
      logger.error({ err: (error as { errcode?: number }).errcode ?? "unknown" }, "saving rows failed");
      if (((error as { errcode?: number }).errcode ?? 0) % 256 === SQLITE_IOERR) onFatal(error as Error);
    }
  };
  const saveSlice = () =>
    guarded(() => {
      if (rows.checkpoint(SLICE_ROWS) > 0) setImmediate(saveSlice);
    });
  const prune = () =>
    guarded(() => {
      const now = clock();
      messages.prune(now - DEDUPE_HORIZON_MS);
      if (settings.logDays === undefined) return;
      const horizon = now - settings.logDays * DAY_MS;
      log.prune(horizon, store.floor());
      exposures.prune(horizon);
      surveys.prune(horizon);
    });
  const timers = [setInterval(saveSlice, settings.checkpointMs), setInterval(prune, PRUNE_MS)];
  for (const timer of timers) timer.unref();
  return {
    stop() {
      isStopped = true;
      for (const timer of timers) clearInterval(timer);
    },
  };
}

const SQLITE_IOERR = 10;

import { createPulse, type Pulse } from "./pulse.ts";
import { createRestartBudget, RESTART_BUDGET } from "./restartBudget.ts";

/** What can show pages: an Electron window or a Chromium. */
export interface Stage {
  /** Ends what is shown with all that it stored, and shows the mirror in a fresh partition. */
  renew(): Promise<void>;
  /** The same, with the safe page instead of the mirror. */
  showSafePage(): Promise<void>;
}

/** Keeps a mirror on the stage. */
export interface Recovery {
  /** Shows the mirror: at the start, and whenever a partition ends as it should. */
  show(): void;
  /** Something failed: shows the mirror again while the budget lasts, then the safe page for a while. */
  fail(reason: string): void;
  beat(): void;
  check(): void;
  /** False while neither mirror nor safe page is known to work: the supervisor outside then takes over. */
  isAlive(): boolean;
  isResting(): boolean;
}

/** What recovery goes by. */
export interface RecoveryOptions {
  stage: Stage;
  silenceMs: number;
  startMs: number;
  now: () => number;
  log: (line: string) => void;
}

/** How long the safe page stays before the mirror is tried again. */
export const SAFE_PAGE_MS = 60_000;

/** Decides when the page starts anew; works by `check` alone, so that no timer is forgotten. */
export function createRecovery({ stage, silenceMs, startMs, now, log }: RecoveryOptions): Recovery {
  const budget = createRestartBudget({ ...RESTART_BUDGET, now });
  let resumeAt = Infinity;
  const pulse: Pulse = createPulse({
    silenceMs,
    startMs,
    now,
    onSilence: () => fail("the page fell silent"),
  });
  const run = (change: Promise<void>) =>
    void change.catch((error: unknown) => log(`the stage could not be set: ${String(error)}`));
  const show = () => {
    resumeAt = Infinity;
    pulse.expect();
    run(stage.renew());
  };
  const fail = (reason: string) => {
    const next = budget();
    log(next === "restart" ? `${reason}: starting it anew` : `${reason}: too often; showing the safe page`);
    if (next === "restart") return show();
    pulse.rest();
    resumeAt = now() + SAFE_PAGE_MS;
    run(stage.showSafePage());
  };
  return {
    show,
    fail,
    beat: () => resumeAt === Infinity && pulse.beat(),
    check() {
      pulse.check();
      if (now() >= resumeAt) show();
    },
    isAlive: () => pulse.isAlive(),
    isResting: () => resumeAt !== Infinity,
  };
}

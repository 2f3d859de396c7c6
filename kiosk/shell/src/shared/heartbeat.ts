import type { CallAnswer, Command, Health } from "@vitrine/kiosk/shell";

/** Tells the shop how its kiosk is, and brings back what it should do. */
export interface Heartbeat {
  /** Never rejects: a heartbeat that is lost is made good by the next one. */
  send(): Promise<void>;
}

/** What the shell adds to the word of the page. */
export interface Held {
  /** Events that wait in the outbox. */
  queue: number;
}

/** What a heartbeat is made of. */
export interface HeartbeatOptions {
  /** Undefined while the kiosk is not enrolled. */
  post: (body: string) => Promise<CallAnswer | undefined>;
  /** The last word of the page; undefined before its first beat. */
  health: () => (Health & Held) | undefined;
  machine: () => Promise<{ diskFree: number; uptime: number }>;
  carryOut: (command: Command) => void;
}

/** How often a kiosk reports. */
export const HEARTBEAT_MS = 20_000;

const COMMANDS: readonly unknown[] = ["reload", "restart", "night", "day", "wipe"] satisfies Command[];

/** A heartbeat that carries out each command once, and says so in the next. */
export function createHeartbeat({ post, health, machine, carryOut }: HeartbeatOptions): Heartbeat {
  let done: string[] = [];
  let isRestartDue = false;
  const send = async (): Promise<void> => {
    const page = health();
    if (!page) return;
    const told = [...done];
    const answer = await post(JSON.stringify({ ...page, ...(await machine()), done: told }));
    if (answer?.status !== 200) return;
    done = done.filter((id) => !told.includes(id));
    // Only now does the server know: a restart that it did not know of would be asked for again after each.
    if (isRestartDue) return carryOut("restart");
    for (const { id, kind } of readCommands(answer.body)) {
      if (told.includes(id) || done.includes(id)) continue;
      done.push(id);
      if (kind === "restart") isRestartDue = true;
      else carryOut(kind);
    }
    if (isRestartDue) await send();
  };
  let sending: Promise<void> | undefined;
  return {
    send: () => (sending ??= send().finally(() => (sending = undefined))),
  };
}

/** What this shell does not know stays with the server, as not done. */
function readCommands(body: unknown): { id: string; kind: Command }[] {
  const { commands } = (body ?? {}) as { commands?: unknown };
  if (!Array.isArray(commands)) return [];
  return commands.filter(
    (command: { id?: unknown; kind?: unknown } | null) =>
      typeof command?.id === "string" && COMMANDS.includes(command.kind),
  ) as { id: string; kind: Command }[];
}

import type { Services } from "../services.ts";

/** What a kiosk can be told from afar. It cannot be told to send a picture, on purpose. */
export type CommandKind = "reload" | "restart" | "night" | "day" | "wipe";

/** All commands. */
export const COMMANDS: readonly CommandKind[] = ["reload", "restart", "night", "day", "wipe"];

/** A command that was not yet reported as done. */
export interface Command {
  id: string;
  kind: CommandKind;
  /** When it was given, ms since 1970. */
  at: number;
  /** Id of the key by which it was given. */
  by: string;
}

/** The commands of all kiosks: kept until the kiosk says that it has done them, so one that was off still gets them. */
export interface Commands {
  /** Told twice is told once; day takes a waiting night back, and the other way round. */
  give(kioskId: string, kind: CommandKind, by: string): Command;
  /** Oldest first. */
  waiting(kioskId: string): Command[];
  done(kioskId: string, ids: readonly string[]): void;
}

const OPPOSITE: Partial<Record<CommandKind, CommandKind>> = { night: "day", day: "night" };

/** Opens the commands. */
export function createCommands({ database, clock, random }: Services): Commands {
  const { sql, transaction } = database;
  const waiting = (kioskId: string): Command[] =>
    sql(
      "SELECT command_id AS id, kind, at, by FROM kiosk_commands WHERE kiosk_id = ? ORDER BY at, rowid",
    ).all(kioskId) as unknown as Command[];
  return {
    waiting,
    give(kioskId, kind, by) {
      return transaction(() => {
        const opposite = OPPOSITE[kind];
        if (opposite)
          sql("DELETE FROM kiosk_commands WHERE kiosk_id = ? AND kind = ?").run(kioskId, opposite);
        const known = waiting(kioskId).find((command) => command.kind === kind);
        if (known) return known;
        const command = { id: `kc_${random(8).toString("base64url")}`, kind, at: clock(), by };
        const insert =
          "INSERT INTO kiosk_commands (command_id, kiosk_id, kind, at, by) VALUES (?, ?, ?, ?, ?)";
        sql(insert).run(command.id, kioskId, kind, command.at, by);
        return command;
      });
    },
    done(kioskId, ids) {
      if (ids.length === 0) return;
      transaction(() => {
        for (const id of ids)
          sql("DELETE FROM kiosk_commands WHERE kiosk_id = ? AND command_id = ?").run(kioskId, id);
      });
    },
  };
}

import type { FileCount } from "./countFile.ts";
import type { LogCount } from "./countLog.ts";
import type { ProfilesRead } from "./readProfiles.ts";

/** One line of the account: what the file says and what was found, in as many places as were looked at. */
export interface AccountLine {
  what: string;
  file: number;
  log: number | undefined;
  profiles: number | undefined;
  isRight: boolean;
}

function line(
  what: string,
  file: number,
  log: number | undefined,
  profiles: number | undefined,
): AccountLine {
  const isRight = [log, profiles].every((found) => found === undefined || found === file);
  return { what, file, log, profiles, isRight };
}

/** Compares what the file says with what the log and the profiles hold. */
export function reconcile(file: FileCount, log: LogCount | undefined, profiles: ProfilesRead): AccountLine[] {
  const events = file.productViews + file.listViews;
  const lines = [
    line("product views", file.productViews, log?.productViews, profiles.productViews),
    line("list views", file.listViews, log?.listViews, profiles.listViews),
    line(
      "events",
      events,
      log && log.productViews + log.listViews,
      profiles.productViews + profiles.listViews,
    ),
    line("events twice", 0, log?.repeated, undefined),
    line("visitors", file.sessions.size, log?.devices, profiles.profiles),
    line("complete writers", file.sessions.size, undefined, profiles.complete),
  ];
  const sessions = [...file.sessions];
  for (const category of [...new Set(sessions.map(([, { lastCategory }]) => lastCategory))].toSorted()) {
    const expected = sessions.filter(([, session]) => session.lastCategory === category).length;
    const found = [...profiles.lastCategory.values()].filter((one) => one === category).length;
    lines.push(line(`last seen in ${category}`, expected, undefined, found));
  }
  const wrong = sessions.filter(
    ([id, { lastCategory }]) => profiles.lastCategory.get(id) !== lastCategory,
  ).length;
  lines.push(line("wrong last category", 0, undefined, wrong));
  return lines;
}

/** The account as a plain table. */
export function accountTable(lines: AccountLine[]): string {
  const rows = lines.map(({ what, file, log, profiles, isRight }) => [
    what,
    ...[file, log, profiles].map((count) => count?.toLocaleString("en") ?? "–"),
    isRight ? "" : "← differs",
  ]);
  const header = ["", "file", "log", "profiles", ""];
  const widths = header.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)));
  const print = (row: string[]) =>
    row
      .map((cell, i) => (i === 0 || i === 4 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
      .join("   ")
      .trimEnd();
  return [header, ...rows].map(print).join("\n");
}

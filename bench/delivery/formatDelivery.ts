import type { Cell } from "./playCell.ts";

/** Everything of one library. */
export interface Column {
  name: string;
  version: string;
  settings: Record<string, unknown>;
  why: string;
  /** By scenario. */
  cells: Record<string, Cell>;
}

/** Lays the cells out: a row for each scenario, a column for each library. */
export function formatDelivery(
  scenarios: readonly { name: string; about: string }[],
  columns: readonly Column[],
): string {
  const head = ["delivered / lost / repeats", ...columns.map(({ name }) => name)];
  const rows = scenarios.map(({ name, about }) => [
    about,
    ...columns.map(({ cells }) => cellText(cells[name])),
  ]);
  return layOut([head, ...rows]);
}

function cellText(cell: Cell | undefined): string {
  if (!cell) return "–";
  const { delivered, lost, repeats, storedTwice, store } = cell;
  const twice = storedTwice ? `, ${storedTwice} under new ids` : "";
  const kept = store ? `; stored ${store.stored}, twice ${store.storedTwice}` : "";
  return `${delivered} / ${lost} / ${repeats}${twice}${kept}`;
}

/** Rows of text in columns of their own width. */
export function layOut(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

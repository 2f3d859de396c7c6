import { formatNumber } from "../support/formatTable.ts";
import type { PageCost } from "./pageCost.ts";
import type { Cell } from "./playCell.ts";

/** Everything of one library. */
export interface Column {
  name: string;
  version: string;
  settings: Record<string, unknown>;
  /** Why these settings are its most durable ones. */
  why: string;
  /** By scenario. */
  cells: Record<string, Cell>;
  pageCost?: PageCost;
}

interface Row {
  name: string;
  about: string;
}

/** Lays everything out as text: a row for each scenario and each cost, a column for each library; then the settings. */
export function formatDelivery(scenarios: readonly Row[], columns: readonly Column[]): string {
  const head = ["delivered / lost / repeats", ...columns.map(({ name }) => name)];
  const versions = ["", ...columns.map(({ version }) => version)];
  const faults = scenarios.map(({ name, about }) => [
    about,
    ...columns.map(({ cells }) => cellText(cells[name])),
  ]);
  const costs = COSTS.map(([about, of]) => [
    about,
    ...columns.map(({ pageCost }) => (pageCost ? formatNumber(of(pageCost)) : "")),
  ]);
  const isMeasured = columns.some(({ pageCost }) => pageCost);
  const settings = columns.map(
    (column) => `${column.name}: ${column.why}\n  ${JSON.stringify(column.settings)}`,
  );
  return [layOut([head, versions, ...faults, ...(isMeasured ? costs : [])]), ...settings].join("\n\n");
}

const COSTS: readonly [string, (cost: PageCost) => number][] = [
  ["page: bytes, gzip -9", ({ gzipBytes }) => gzipBytes],
  ["page: load and start, ms, CPU slowed 4×", ({ startMs }) => startMs],
  ["page: a call in a burst, µs, CPU slowed 4×", ({ callUs }) => callUs],
  ["page: a call until delivered, µs, CPU slowed 4×", ({ deliveredCallUs }) => deliveredCallUs],
];

function cellText(cell: Cell | undefined): string {
  if (!cell) return "–";
  const { asked, created, delivered, lost, repeats, storedTwice, store } = cell;
  const unmade = created < asked ? ` of ${count(created)} made` : "";
  const newIds = storedTwice ? `, ${count(storedTwice)} under new ids` : "";
  const stored = store ? `; stored ${count(store.stored)}, twice ${store.storedTwice}` : "";
  return `${[delivered, lost, repeats].map(count).join(" / ")}${unmade}${newIds}${stored}`;
}

function count(value: number): string {
  return value.toLocaleString("en-GB");
}

function layOut(rows: readonly (readonly string[])[]): string {
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

import type { Figure } from "./Workload.ts";

/** What one workload measured. */
export interface Section {
  name: string;
  about: string;
  figures: Figure[];
  /** Why it has no figures. */
  error?: string;
}

const HEAD = ["", "here", "beside", "", "ratio", "budget"];

/** Lays all figures out as one table of text. The ratio is ours to the one beside it. */
export function formatTable(sections: readonly Section[]): string {
  const rows = sections.flatMap(({ figures }) => figures.map(toCells));
  const widths = HEAD.map((head, column) =>
    Math.max(head.length, ...rows.map((cells) => cells[column]!.length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) =>
        isNumeric(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
      )
      .join("  ")
      .trimEnd();
  const lines = [line(HEAD), "-".repeat(widths.reduce((sum, width) => sum + width + 2, -2))];
  for (const { name, about, figures, error } of sections) {
    lines.push("", `${name}: ${about}`, ...figures.map((figure) => line(toCells(figure))));
    if (error) lines.push(`  FAILED: ${error}`);
  }
  return lines.join("\n");
}

const isNumeric = (column: number): boolean => column === 1 || column === 2 || column === 4;

function toCells({ what, value, unit, beside, budget }: Figure): string[] {
  return [
    `  ${what}`,
    `${formatNumber(value)} ${unit}`,
    beside ? `${formatNumber(beside.value)} ${unit}` : "",
    beside ? beside.what : "",
    beside && beside.value !== 0 ? `${formatNumber(value / beside.value)}×` : "",
    budget ? `${budget.isKept ? "kept" : "OVER"}: ${budget.text}` : "",
  ];
}

/** Three digits that count, thousands grouped. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  const digits = size === 0 || size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
  return value.toLocaleString("en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

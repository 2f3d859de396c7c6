/** One step of a scenario, with its table where it has one. */
export interface Step {
  text: string;
  table: string[][];
}

/** One scenario with the values of one row of its examples; steps of the background come first. */
export interface Case {
  /** `file: scenario`, and the row where there are several. */
  id: string;
  steps: Step[];
}

/** What stands between two `Scenario` lines. */
interface Scenario {
  name: string;
  steps: Step[];
  examples: string[][][];
}

const cellsOf = (line: string): string[] =>
  line
    .replace(/^\||\|$/g, "")
    .split("|")
    .map((cell) => cell.trim());

/** Reads a feature file: as much of Gherkin as OpenFeature's files use (tags, comments and keywords say nothing here). */
export function parseFeature(file: string, text: string): Case[] {
  const background: Scenario = { name: "", steps: [], examples: [] };
  const scenarios: Scenario[] = [];
  let current = background;
  for (const line of text.split("\n").map((one) => one.trim())) {
    const [, title, name = ""] = /^(Background|Scenario(?: Outline)?|Examples):(.*)$/.exec(line) ?? [];
    const [, step] = /^(?:Given|When|Then|And|But) (.*)$/.exec(line) ?? [];
    if (title?.startsWith("Scenario"))
      scenarios.push((current = { name: name.trim(), steps: [], examples: [] }));
    else if (title === "Examples") current.examples.push([]);
    else if (step) current.steps.push({ text: step, table: [] });
    else if (line.startsWith("|"))
      (current.examples.at(-1) ?? current.steps.at(-1)!.table).push(cellsOf(line));
  }
  return scenarios.flatMap((scenario) => casesOf(file, background.steps, scenario));
}

function casesOf(file: string, background: Step[], { name, steps, examples }: Scenario): Case[] {
  const id = `${file}: ${name}`;
  if (!examples[0]) return [{ id, steps: [...background, ...steps] }];
  const rows = examples.flatMap(([names = [], ...cells]) => cells.map((row) => ({ names, row })));
  return rows.map(({ names, row }, at) => {
    const fill = (text: string) => names.reduce((done, one, i) => done.replaceAll(`<${one}>`, row[i]!), text);
    const filled = steps.map((step) => ({
      text: fill(step.text),
      table: step.table.map((cells) => cells.map(fill)),
    }));
    return { id: `${id} [${at + 1}: ${row.join(", ")}]`, steps: [...background, ...filled] };
  });
}

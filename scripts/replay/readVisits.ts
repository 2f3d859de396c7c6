import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";

/** One row of the click data: a click on a product in a list. */
export interface Click {
  /** Number of the row in the file, from 1. */
  row: number;
  category: string;
  model: string;
  colour: string;
  /** US dollars. */
  price: number;
  /** Page of the list, from 1. */
  page: number;
  /** Place on that page, from 1. */
  position: number;
}

/** All clicks of one session, in order. */
export interface Visit {
  session: string;
  /** Midnight (UTC) of its day, ms since 1970. */
  day: number;
  clicks: Click[];
}

/** Main categories and colours by their codes, as the data's own description numbers them from 1. */
const CATEGORIES = ["trousers", "skirts", "blouses", "sale"];
const COLOURS =
  "beige,black,blue,brown,burgundy,gray,green,navy blue,of many colors,olive,pink,red,violet,white".split(
    ",",
  );

const COLUMNS = {
  year: "year",
  month: "month",
  day: "day",
  session: "session ID",
  category: "page 1 (main category)",
  model: "page 2 (clothing model)",
  colour: "colour",
  position: "location",
  price: "price",
  page: "page",
} as const;

/**
 * Reads the visits of a click file (`.csv` or `.csv.gz`, UCI data set 553) one after another, in the file's order.
 * @throws Error when the file has other columns or a session is torn apart
 */
export async function* readVisits(file: string): AsyncGenerator<Visit> {
  const text = openText(file);
  const finished = new Set<string>();
  let at: Record<keyof typeof COLUMNS, number> | undefined;
  let visit: Visit | undefined;
  let row = 0;
  for await (const line of createInterface({ input: text, crlfDelay: Infinity })) {
    const cells = line.trim().split(";");
    if (!at) {
      at = columnsOf(cells);
      continue;
    }
    if (cells.length < 2) continue;
    row++;
    const session = cells[at.session]!;
    if (session !== visit?.session) {
      if (visit) yield visit;
      if (finished.has(session)) throw new Error(`Row ${row}: session ${session} was complete before.`);
      finished.add(session);
      visit = {
        session,
        day: Date.UTC(+cells[at.year]!, +cells[at.month]! - 1, +cells[at.day]!),
        clicks: [],
      };
    }
    visit.clicks.push(clickOf(cells, at, row));
  }
  if (visit) yield visit;
}

function openText(file: string): Readable {
  const bytes = createReadStream(file);
  if (!file.endsWith(".gz")) return bytes;
  const text = createGunzip();
  // An error of the file does not travel through a pipe by itself.
  bytes.on("error", (error) => text.destroy(error));
  return bytes.pipe(text);
}

function columnsOf(header: string[]): Record<keyof typeof COLUMNS, number> {
  const entries = Object.entries(COLUMNS).map(([key, name]) => {
    const index = header.indexOf(name);
    if (index < 0)
      throw new Error(`The file has no column "${name}". Give the click data of UCI data set 553.`);
    return [key, index];
  });
  return Object.fromEntries(entries) as Record<keyof typeof COLUMNS, number>;
}

function clickOf(cells: string[], at: Record<keyof typeof COLUMNS, number>, row: number): Click {
  const category = CATEGORIES[+cells[at.category]! - 1];
  const colour = COLOURS[+cells[at.colour]! - 1];
  if (!category || !colour) throw new Error(`Row ${row}: a category or colour the data set does not define.`);
  const [model, price, page, position] = [
    cells[at.model]!,
    +cells[at.price]!,
    +cells[at.page]!,
    +cells[at.position]!,
  ];
  return { row, category, model, colour, price, page, position };
}

/**
 * Derives catalogue.json from the click data: `node make-catalogue.ts FILE.csv[.gz]` (UCI 553, see NOTE.md).
 * The real facts of a model are its code, category, colour, price and clicks; the rest is invented, repeatably.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describeModels } from "./catalogue/describeModels.ts";
import type { Category, Colour, ModelFacts } from "./catalogue/Product.ts";
import { shoes } from "./catalogue/shoes.ts";

// Codes as numbered in the data set's own description.
const CATEGORY_CODES: Record<string, Category> = { 1: "trousers", 2: "skirts", 3: "blouses", 4: "sale" };
const COLOUR_NAMES =
  "beige,black,blue,brown,burgundy,gray,green,navy blue,of many colors,olive,pink,red,violet,white".split(
    ",",
  );

interface Tally {
  clicks: number;
  category: Map<string, number>;
  colour: Map<string, number>;
  price: Map<string, number>;
}

function tallyModels(csv: string): Map<string, Tally> {
  const [header = "", ...rows] = csv.trim().split(/\r?\n/);
  const columns = header.split(";");
  const at = (name: string): number => {
    const index = columns.indexOf(name);
    if (index < 0)
      throw new Error(`make-catalogue: the file has no column "${name}"; is it the UCI 553 data?`);
    return index;
  };
  const [model, category, colour, price] = [
    at("page 2 (clothing model)"),
    at("page 1 (main category)"),
    at("colour"),
    at("price"),
  ];
  const tallies = new Map<string, Tally>();
  for (const row of rows) {
    const cells = row.split(";");
    const code = cells[model] ?? "";
    let tally = tallies.get(code);
    if (!tally) {
      tally = { clicks: 0, category: new Map(), colour: new Map(), price: new Map() };
      tallies.set(code, tally);
    }
    tally.clicks++;
    count(tally.category, cells[category]);
    count(tally.colour, cells[colour]);
    count(tally.price, cells[price]);
  }
  return tallies;
}

function count(counts: Map<string, number>, key = ""): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function mostFrequent(counts: Map<string, number>): string {
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best))[0];
}

function factsOf(model: string, tally: Tally): ModelFacts {
  const category = CATEGORY_CODES[mostFrequent(tally.category)];
  const colour = COLOUR_NAMES[Number(mostFrequent(tally.colour)) - 1];
  const price = Number(mostFrequent(tally.price));
  if (!category || !colour || !(price > 0)) {
    throw new Error(
      `make-catalogue: model ${model} has a category, colour or price the data set does not define`,
    );
  }
  return { model, category, colour: colour as Colour, price, clicks: tally.clicks };
}

function byModelCode(a: ModelFacts, b: ModelFacts): number {
  return a.model.charCodeAt(0) - b.model.charCodeAt(0) || Number(a.model.slice(1)) - Number(b.model.slice(1));
}

const file = process.argv[2];
if (!file) throw new Error("Usage: node make-catalogue.ts FILE.csv[.gz]");
const bytes = readFileSync(file);
const csv = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
const facts = [...tallyModels(csv)].map(([model, tally]) => factsOf(model, tally)).toSorted(byModelCode);
const products = [...describeModels(facts), ...shoes];
const lines = products.map((product) => `  ${JSON.stringify(product)}`).join(",\n");
writeFileSync(new URL("catalogue.json", import.meta.url), `[\n${lines}\n]\n`);
process.stdout.write(`catalogue.json: ${products.length} models\n`);

/** One application identifier as GS1's syntax dictionary describes it. */
export interface DictionaryEntry {
  ai: string;
  isAttribute: boolean;
  components: {
    type: "N" | "X" | "Y" | "Z";
    min: number;
    max: number;
    optional: boolean;
    linters: string[];
  }[];
  /** Alternatives of ordered qualifiers; undefined when no link begins with it. */
  qualifiers: string[][] | undefined;
}

/** Reads the dictionary; a line that describes a range of identifiers gives an entry for each. */
export function parseDictionary(source: string): DictionaryEntry[] {
  return source
    .split("\n")
    .filter((line) => /^\d/.test(line))
    .flatMap((line) => parseLine(line.replace(/\s#.*$/, "").trim()));
}

function parseLine(line: string): DictionaryEntry[] {
  const [ais, ...words] = line.split(/\s+/);
  const flags = /^[*?]+$/.test(words[0]!) ? words.shift()! : "";
  const components = words.filter((word) => /^\[?[NXYZ](\.\.)?\d/.test(word)).map(parseComponent);
  const key = words.find((word) => word.startsWith("dlpkey"));
  const [from, to = from] = ais!.split("-");
  return Array.from({ length: Number(to) - Number(from) + 1 }, (_, i) => ({
    ai: String(Number(from) + i).padStart(from!.length, "0"),
    isAttribute: flags.includes("?"),
    components,
    qualifiers: key
      ?.slice("dlpkey=".length)
      .split("|")
      .map((alternative) => alternative.split(",").filter(Boolean)),
  }));
}

function parseComponent(word: string): DictionaryEntry["components"][number] {
  const [, open, type, upTo, length, linters] = /^(\[?)([NXYZ])(\.\.)?(\d+)\]?(.*)$/.exec(word)!;
  return {
    type: type as "N",
    min: upTo ? 1 : Number(length),
    max: Number(length),
    optional: open === "[",
    linters: linters!.split(",").filter(Boolean),
  };
}

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import {
  isAttribute,
  isKey,
  isValueOf,
  mayFollow,
} from "../../../packages/core/src/codes/applicationIdentifiers.ts";
import { checkDigit } from "../../../packages/core/src/codes/checkDigit.ts";
import { parseDigitalLink } from "../../../packages/core/src/codes/digitalLink.ts";
import { createChance } from "../../faults/simulation/support/chance.ts";
import { parseAbnf } from "./abnf.ts";
import { changeLink } from "./changeLink.ts";
import { DIFFERENCES } from "./differences.ts";
import { inStrictForm } from "./inStrictForm.ts";
import { parseDictionary, type DictionaryEntry } from "./syntaxDictionary.ts";

const read = (name: string) => readFileSync(new URL(`../cases/gs1/${name}`, import.meta.url), "utf8");
const dictionary = parseDictionary(read("gs1-syntax-dictionary.txt"));
const byAi = new Map(dictionary.map((entry) => [entry.ai, entry]));
/**
 * The grammar of that version without two slips of the pen: 1.1 says `"%x27"` where it means the text %27, and the
 * characters "except digits" of all of them name `unreserved`, which has digits: any wrong attribute would be an extension.
 */
const grammarOf = (version: string) =>
  parseAbnf(
    read(`GS1_Digital_Link_Grammar_${version}.abnf`)
      .replaceAll('"%x', '"%')
      .replace(/(everythingExceptDigitsAndEquals\s*=\s*)unreserved/, '$1ALPHA / "-" / "." / "_" / "~"'),
  );

const SAMPLES = { N: "1234567890", X: 'aB3-_."', Y: "A1-/#", Z: "aZ09-_" };

/** A value of that form, each part as long as it may be or as short. */
function sampleOf(entry: DictionaryEntry, longest: boolean): string {
  return entry.components
    .filter(({ optional }) => longest || !optional)
    .map(({ type, min, max, linters }) => {
      const length = longest ? max : min;
      const text = SAMPLES[type].repeat(length).slice(0, length);
      return linters.includes("csum") ? text.slice(0, -1) + checkDigit(text.slice(0, -1)) : text;
    })
    .join("");
}

describe("GS1's syntax dictionary", () => {
  it("is all here, and every check it names is made or listed as a difference", () => {
    assert.equal(dictionary.length, 541);
    const linters = new Set(
      dictionary.flatMap(({ components }) => components.flatMap((part) => part.linters)),
    );
    assert.ok(linters.delete("csum"));
    assert.ok(linters.delete("csumalpha") && DIFFERENCES["check characters of a model number"]);
    assert.equal(linters.size, 32);
    assert.ok(DIFFERENCES["content of values"] && DIFFERENCES["required and excluded pairs"]);
  });

  it("gives every identifier the form and the place in a link that the parser gives it", () => {
    for (const entry of dictionary) {
      const { ai } = entry;
      assert.equal(isAttribute(ai), entry.isAttribute, ai);
      assert.equal(isKey(ai), entry.qualifiers !== undefined, ai);
      assert.deepEqual(formsOf(entry), { accepted: 2, wronglyAccepted: [] }, ai);
    }
  });
});

/** Where in a value its checked part begins, and where its check digit stands. */
function checkedPart(components: DictionaryEntry["components"]): { from: number; at: number } | undefined {
  const index = components.findIndex(({ linters }) => linters.includes("csum"));
  if (index < 0) return undefined;
  const from = components.slice(0, index).reduce((sum, { max }) => sum + max, 0);
  return { from, at: from + components[index]!.max - 1 };
}

/** How many right values of this identifier the parser accepts, and which wrong ones. */
function formsOf(entry: DictionaryEntry) {
  const { ai, components } = entry;
  const [longest, shortest] = [sampleOf(entry, true), sampleOf(entry, false)];
  const wrong = [`${longest}1`, shortest.slice(0, -1), `${shortest.slice(0, -1)}~`];
  const checked = checkedPart(components);
  if (checked) {
    const { at } = checked;
    wrong.push(shortest.slice(0, at) + ((Number(shortest[at]) + 1) % 10) + shortest.slice(at + 1));
  }
  return {
    accepted: [longest, shortest].filter((value) => isValueOf(ai, value)).length,
    wronglyAccepted: wrong.filter((value) => isValueOf(ai, value)),
  };
}

/** All orders of a list. */
function orders<T>(list: T[]): T[][] {
  if (list.length < 2) return [list];
  return list.flatMap((one, i) => orders(list.toSpliced(i, 1)).map((rest) => [one, ...rest]));
}

describe("the identifier list", () => {
  const list = JSON.parse(read("identifier-list.json")) as { code: string; keyQualifiers: string[] }[];

  it("names the keys that may begin a link", () => {
    const keys = dictionary.map(({ ai }) => ai).filter(isKey);
    assert.ok(DIFFERENCES["key 415"]);
    assert.deepEqual(keys.filter((ai) => ai !== "415").toSorted(), list.map(({ code }) => code).toSorted());
  });

  for (const { code, keyQualifiers } of list) {
    it(`lets ${code} be followed by its qualifiers, and only in their order`, () => {
      for (const order of orders(keyQualifiers))
        assert.equal(
          mayFollow(code, order),
          order.every((ai, i) => ai === keyQualifiers[i]),
        );
      assert.ok(!mayFollow(code, ["99"]));
      for (const ai of keyQualifiers) assert.ok(mayFollow(code, [ai]) && !mayFollow(code, [ai, ai]));
    });
  }
});

/** Puts the right check digits into a link that a grammar made; a grammar does not know of them. */
function mendCheckDigits(link: string): string {
  const [path = "", query] = link.slice("https://id.gs1.org/".length).split(/\?(.*)/s);
  const segments = path.split("/");
  for (let i = 0; i + 1 < segments.length; i += 2) segments[i + 1] = mend(segments[i]!, segments[i + 1]!);
  const parts = query?.split(/([&;])/).map((part) => {
    const [ai, value] = part.split(/=(.*)/s);
    return value === undefined ? part : `${ai}=${mend(ai!, value)}`;
  });
  return `https://id.gs1.org/${segments.join("/")}${parts ? `?${parts.join("")}` : ""}`;
}

function mend(name: string, value: string): string {
  const ai = name === "gtin" ? "01" : name;
  const checked = checkedPart(byAi.get(ai)?.components ?? []);
  if (!checked) return value;
  const { from, at } = ai === "01" ? { from: 0, at: value.length - 1 } : checked;
  return value.slice(0, at) + checkDigit(value.slice(from, at)) + value.slice(at + 1);
}

/** Makes the two attributes unknown of which the grammars allow more than the dictionary ("narrower forms"). */
const withoutNarrower = (link: string) => link.replaceAll(/(?<=[?&;])42[35]=/g, "x$&");

describe("GS1's grammars", () => {
  for (const [version, rule, count] of [
    ["1_4", "uncompressedGS1webURIPattern", 2000],
    ["1_2", "gtin-path", 300],
    ["1_1", "gtin-path", 300],
    ["1_0", "gtin-path", 300],
  ] as const) {
    it(`${version}: reads ${count} links that the grammar makes`, () => {
      const [grammar, random] = [grammarOf(version), createChance(14).next];
      for (let i = 0; i < count; i++) {
        const link = mendCheckDigits(`https://id.gs1.org${withoutNarrower(grammar.generate(rule, random))}`);
        const read = parseDigitalLink(link);
        assert.equal(read.kind, "link", `${link}: ${JSON.stringify(read)}`);
        assertSaysTheSame(link, read);
      }
    });
  }

  it("allow what the parser reads and forbid what it refuses, in 4,000 links made and then changed", () => {
    const [grammar, random] = [grammarOf("1_4"), createChance(41).next];
    const seen = { both: 0, neither: 0 };
    for (let i = 0; i < 4000; i++) {
      const made = `https://id.gs1.org${grammar.generate("uncompressedGS1webURIPattern", random)}`;
      const link = mendCheckDigits(withoutNarrower(changeLink(made, random)));
      const allowed = grammar.matches("referenceGS1webURI", inStrictForm(link, byAi));
      assert.equal(parseDigitalLink(link).kind === "link", allowed, link);
      seen[allowed ? "both" : "neither"]++;
    }
    assert.ok(seen.both > 500 && seen.neither > 500, JSON.stringify(seen));
  });
});

function assertSaysTheSame(link: string, read: ReturnType<typeof parseDigitalLink> & { kind: "link" }): void {
  const segments = link.slice("https://id.gs1.org/".length).replace(/\?.*/s, "").split("/");
  const values = segments.filter((_, i) => i % 2 === 1).map(decodeURIComponent);
  const found = [read.key.value, ...Object.values(read.qualifiers)].map((value, i) =>
    i === 0 && read.key.ai === "01" ? value.slice(-values[0]!.length) : value,
  );
  assert.deepEqual(found.toSorted(), values.toSorted(), link);
}

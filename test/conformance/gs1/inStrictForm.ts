import type { DictionaryEntry } from "./syntaxDictionary.ts";

const START = "https://id.gs1.org/";

/** Undoes every leniency that the differences list, so that what is left is the grammar's business. */
export function inStrictForm(link: string, dictionary: ReadonlyMap<string, DictionaryEntry>): string {
  const [path = "", query] = link
    .slice(START.length)
    .replace(/#.*/s, "")
    .split(/\?(.*)/s);
  const segments = withoutPathBefore(path.replace(/\/$/, "").split("/"), dictionary);
  const strict = segments.map((part, i) =>
    i % 2 === 0 ? part : inFull(segments[i - 1]!, withPlainEncoded(part)),
  );
  const attributes = (query ?? "").split(/[&;]/).flatMap((part) => {
    const [ai, value] = part.split(/=(.*)/s);
    const isKnown = value !== undefined && dictionary.get(ai!)?.isAttribute;
    return isKnown ? [`${ai}=${inFull(ai!, withPlainEncoded(value))}`] : [];
  });
  return `${START}${strict.join("/")}${attributes.length > 0 ? `?${attributes.join("&")}` : ""}`;
}

function withoutPathBefore(segments: string[], dictionary: ReadonlyMap<string, DictionaryEntry>): string[] {
  const keys = [...segments.keys()].filter((at) => (segments.length - at) % 2 === 0);
  const last = keys.findLast((at) => dictionary.get(segments[at]!)?.qualifiers);
  return last === undefined ? segments : segments.slice(last);
}

const inFull = (ai: string, value: string) =>
  ai === "01" && [8, 12, 13].includes(value.length) ? value.padStart(14, "0") : value;

/** As the grammar wants it: all but letters, digits and three marks as %XX. Text that is badly encoded stays. */
function withPlainEncoded(value: string): string {
  return value.replaceAll(
    /[!&+,/*()';:<>=?#]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

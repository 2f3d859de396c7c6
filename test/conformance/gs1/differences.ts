/** Where Vitrine's parser differs from GS1's files on purpose, by the name that the test calls it. */
export const DIFFERENCES: Readonly<Record<string, string>> = {
  "content of values":
    "A date, a country or a company prefix inside a value is not judged: the mirror shows none of them, and a new country must not make a garment unreadable. Form and check digits are.",
  "required and excluded pairs":
    "Which identifiers need or exclude each other (`req`, `ex`) is not judged: a link without its partner still names the product without doubt.",
  "check characters of a model number":
    "The two check characters of AI 8013 and 8014 are not computed: a model is no product, and is refused as such anyway.",
  "key 415": "The invoicing party begins a link as in the dictionary; the identifier list leaves it out.",
  "path before the key":
    "Grammar 1.4 has no path between host and key, the standard's text allows it, and brands print such links.",
  "slash at the end": "One slash behind the last value is left away: web shops add it.",
  "short product numbers":
    "GTIN-8, -12 and -13 in a link are filled up to 14 digits as versions 1.0 to 1.2 allowed; links of that time are sewn into garments.",
  "plain characters":
    "A character of the 82 that the grammar wants as %XX may stand as it is: no reader could mistake it.",
  "unknown attributes":
    "A number in the query that the dictionary does not know, or that belongs into the path, is left out, not refused: the dictionary grows every year.",
  "narrower forms":
    "The dictionary, which is newer, gives some attributes a narrower form than the grammars; it decides.",
  "attribute without value": "A part of the query without `=` is the shop's own, and left out.",
};

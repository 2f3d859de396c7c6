import { hasCheckDigit } from "./checkDigit.ts";

/**
 * What may stand behind which application identifiers (AI), in the words of GS1's syntax dictionary: `N` digits, `X` the
 * 82 characters, `Y` the 39 characters, `Z` base64url; a length or `..` up to one; `[ ]` may be missing; `c` ends in a check digit.
 */
const FORMATS: [format: string, ais: string][] = [
  ["N18c", "00 8017 8018"],
  ["N14c", "01 02 03"],
  ["N17c", "402"],
  ["N13c", "410 411 412 413 414 415 416 417"],
  ["N13c [X..17]", "253"],
  ["N13c [N..12]", "255"],
  ["N1 N13c [X..16]", "8003"],
  ["N14c N4", "8006 8026"],
  ["Y..30", "8010"],
  ["N..12", "8011"],
  ["X..25", "7242 8013 8014 8020"],
  ["N..10", "8019"],
  [
    "N6",
    "11 12 13 15 16 17 3100-3105 3110-3115 3120-3125 3130-3135 3140-3145 3150-3155 3160-3165 3200-3205 3210-3215 3220-3225 " +
      "3230-3235 3240-3245 3250-3255 3260-3265 3270-3275 3280-3285 3290-3295 3300-3305 3310-3315 3320-3325 3330-3335 3340-3345 " +
      "3350-3355 3360-3365 3370-3375 3400-3405 3410-3415 3420-3425 3430-3435 3440-3445 3450-3455 3460-3465 3470-3475 3480-3485 " +
      "3490-3495 3500-3505 3510-3515 3520-3525 3530-3535 3540-3545 3550-3555 3560-3565 3570-3575 3600-3605 3610-3615 3620-3625 " +
      "3630-3635 3640-3645 3650-3655 3660-3665 3670-3675 3680-3685 3690-3695 3950-3955 4326 7006 8005",
  ],
  ["X..20", "10 21 22 243 254 420 4318 7020 7021 7022 710-717 7240 8002 8012"],
  ["X..28", "235"],
  ["X..30", "240 241 250 251 400 401 403 4308 4319 7002 7023 8004 90"],
  ["X..35", "4300 4301 4310 4311 4320"],
  ["X..70", "4302-4306 4312-4316 7257 8110 8112 8200"],
  ["X..40", "7253 7254 7259"],
  ["X..90", "7256 91-99"],
  ["X..10", "7009 7255"],
  ["X..34", "8007"],
  ["X..50", "8009"],
  ["X..12", "7005"],
  ["X..4", "7041"],
  ["X..3", "427 7008"],
  ["X..2", "7010"],
  ["X2", "4307 4317"],
  ["X3", "7258"],
  ["X2 X..28", "7230-7239"],
  ["N1", "4321-4323 7252"],
  ["N2", "20 7241"],
  ["N3", "422 424 426"],
  ["N4", "3940-3943 8111"],
  ["N8", "7250"],
  ["N13", "7001"],
  ["N15", "8040 8041"],
  ["N32", "8042"],
  ["N..4", "7004"],
  ["N..6", "242"],
  ["N..8", "30 37"],
  ["N..15", "3900-3909 3920-3929"],
  ["N3 N..15", "3910-3919 3930-3939"],
  ["N3 X..9", "421"],
  ["N3 X..27", "7030-7039"],
  ["N3 [N3] [N3] [N3] [N3]", "423 425"],
  ["N6 [N6]", "7007"],
  ["N6 [N4]", "7011"],
  ["N6 [X1]", "4330-4333"],
  ["N6 N4", "4324 4325 7003"],
  ["N6 N2 [N2] [N2]", "8008"],
  ["N8 N4", "7251"],
  ["N10 N10", "4309"],
  ["N4 N5 N3 N1 N1", "8001"],
  ["N18 [N..2]", "8043"],
  ["N1 X1 X1 X1", "7040"],
  ["Z..90", "8030"],
];

/** The keys that can begin a Digital Link, each with the qualifiers that may follow, in their order; `|` between alternatives. */
const KEYS: Readonly<Record<string, string>> = {
  "00": "",
  "01": "22,10,21|235",
  "253": "",
  "255": "",
  "401": "",
  "402": "",
  "414": "254|7040",
  "415": "8020",
  "417": "7040",
  "8003": "",
  "8004": "7040",
  "8006": "22,10,21",
  "8010": "8011",
  "8013": "",
  "8017": "8019",
  "8018": "8019",
};

/** Those that identify or qualify something, and therefore stand in a link's path, never in its query. */
const NEVER_ATTRIBUTE = new Set(
  "03 21 22 235 254 7040 7041 8011 8014 8019 8020 8040 8041 8042 8043 8200".split(" "),
);

const CHARACTERS = { N: "\\d", X: '[!"%-?A-Z_a-z]', Y: "[#\\-/\\dA-Z]", Z: "[-\\w]" };

const formats = new Map(
  FORMATS.flatMap(([format, ais]) =>
    ais
      .split(" ")
      .flatMap(expandRange)
      .map((ai) => [ai, format] as const),
  ),
);

/** `3100-3103` is 3100, 3101, 3102, 3103. */
function expandRange(range: string): string[] {
  const [from = "", to = from] = range.split("-");
  return Array.from({ length: Number(to) - Number(from) + 1 }, (_, i) =>
    String(Number(from) + i).padStart(from.length, "0"),
  );
}

/** Tells whether a value has the form of this AI, its check digits included; its meaning (a date, a country) is not looked at. */
export function isValueOf(ai: string, value: string): boolean {
  const format = formats.get(ai);
  if (format === undefined) return false;
  const found = patternOf(format).exec(value);
  return found !== null && Object.values(found.groups ?? {}).every(hasCheckDigit);
}

/** Tells whether this AI may stand in the query of a link, as a fact about what its path names. */
export function isAttribute(ai: string): boolean {
  return formats.has(ai) && !NEVER_ATTRIBUTE.has(ai);
}

/** Tells whether a link can begin with this AI. */
export function isKey(ai: string): boolean {
  return Object.hasOwn(KEYS, ai);
}

/** Tells whether these qualifiers may follow that key: some of one alternative, each once, in its order. */
export function mayFollow(key: string, qualifiers: readonly string[]): boolean {
  return KEYS[key]!.split("|").some((alternative) => {
    const allowed = alternative.split(",");
    return qualifiers.every(
      (ai, i) =>
        allowed.includes(ai) && (i === 0 || allowed.indexOf(ai) > allowed.indexOf(qualifiers[i - 1]!)),
    );
  });
}

/** `N13c [X..17]` as a pattern; what ends in a check digit is its named groups. */
function patternOf(format: string): RegExp {
  const parts = format.split(" ").map((part, i) => {
    const [, type, upTo, length, checked] = /([NXYZ])(\.\.)?(\d+)(c?)/.exec(part)!;
    const run = CHARACTERS[type as keyof typeof CHARACTERS] + (upTo ? `{1,${length}}` : `{${length}}`);
    const named = checked ? `(?<c${i}>${run})` : run;
    return part.startsWith("[") ? `(?:${named})?` : named;
  });
  return new RegExp(`^${parts.join("")}$`);
}

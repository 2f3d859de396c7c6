/** What one look at the bytes of a JSON text rules out for every text in it. */
export interface BodyHints {
  /** True when no text can have lone surrogates or NUL: in JSON of valid UTF-8 only `\u` writes those. */
  isStorable: boolean;
  /** False when no text can have an e-mail address in it: there is no `@`, no `%40`, and no `\u` to hide one. */
  holdsAddresses: boolean;
}

/** Looks at a body once, at the speed of memory, to spare a look at each of its texts. */
export function bodyHints(body: Buffer): BodyHints {
  const isStorable = !body.includes("\\u");
  return { isStorable, holdsAddresses: !isStorable || body.includes("@") || body.includes("%40") };
}

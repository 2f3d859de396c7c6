/** Longest parts of an e-mail address (RFC 5321, 4.5.3.1). */
const MAX_LOCAL = 64;
const MAX_DOMAIN = 255;

/** Ends an address inside a text: blanks, quotes, and what separates the parts of a URL. */
const SEPARATORS = new Set("@\"'<>?&=#/:;,()[]{}|\\ \t\r\n");

const TOP_LEVEL = /\.[a-z]{2,63}\.?$/i;

/**
 * Replaces e-mail addresses that stand inside a text, `%40` for `@` included.
 * By hand and not by a regular expression: from each `@` it looks left and right at most as far as an address
 * reaches, where a pattern would look again from every character before it.
 */
export function maskAddresses(text: string): string {
  let masked = "";
  let done = 0;
  for (const { at, next } of signs(text)) {
    if (at < done) continue;
    const start = reach(text, at, -1, done, MAX_LOCAL);
    const end = reach(text, next, 1, text.length, MAX_DOMAIN);
    if (start === at || !TOP_LEVEL.test(text.slice(next, end))) continue;
    masked += `${text.slice(done, start)}[email]`;
    done = end;
  }
  return done === 0 ? text : masked + text.slice(done);
}

/** Each `@` and `%40`: where it is, and what comes after it. */
function* signs(text: string): Generator<{ at: number; next: number }> {
  let plain = text.indexOf("@");
  let encoded = text.indexOf("%40");
  while (plain >= 0 || encoded >= 0) {
    if (encoded < 0 || (plain >= 0 && plain < encoded)) {
      yield { at: plain, next: plain + 1 };
      plain = text.indexOf("@", plain + 1);
    } else {
      yield { at: encoded, next: encoded + 3 };
      encoded = text.indexOf("%40", encoded + 3);
    }
  }
}

/** How far from `from` an address may reach in one direction. */
function reach(text: string, from: number, step: 1 | -1, limit: number, max: number): number {
  let at = from;
  const isPart = (index: number) => !SEPARATORS.has(text[index]!) && !(step === 1 && text[index] === "%");
  while (at !== limit && Math.abs(at - from) < max && isPart(step === 1 ? at : at - 1)) at += step;
  return at;
}

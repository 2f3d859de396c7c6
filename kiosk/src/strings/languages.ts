import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { de } from "./de.ts";
import { en, type Strings } from "./en.ts";

/** Languages by their codes. */
export type Languages = Readonly<Record<string, Strings>>;

/** What a mirror speaks; one touch goes to the next. */
export const LANGUAGES: Languages = { en, de };

/** The code after this one. */
export function nextLanguage(code: string): string {
  const codes = Object.keys(LANGUAGES);
  return codes[(codes.indexOf(code) + 1) % codes.length]!;
}

/** The language that the screens speak now. */
export const Language = createContext<Strings>(en);

/** The words of the screens' language. */
export const useStrings = (): Strings => useContext(Language);

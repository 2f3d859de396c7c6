import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Setup } from "./screens/Setup.tsx";
import type { KioskIdentity, Shell } from "./shell.ts";
import { Language, LANGUAGES, nextLanguage, type Languages } from "./strings/languages.ts";

/** What stands around the screens of every build: set-up, language, reach. */
export function Kiosk({
  shell,
  languages = LANGUAGES,
  children,
}: {
  shell: Shell;
  languages?: Languages;
  children: ComponentChildren;
}) {
  const [language, setLanguage] = useState(() => (navigator.language.startsWith("de") ? "de" : "en"));
  const [isLow, setLow] = useState(false);
  const [identity, setIdentity] = useState<KioskIdentity | null>();
  useEffect(() => void shell.identity().then((known) => setIdentity(known ?? null)), [shell]);
  const words = languages[language]!;
  useEffect(() => void (document.documentElement.lang = language), [language]);
  return (
    <Language.Provider value={words}>
      <div class={isLow ? "mirror low" : "mirror"}>
        {identity === null && <Setup shell={shell} onDone={() => location.reload()} />}
        {identity && children}
        <nav class="corner">
          <button type="button" class="button quiet" onClick={() => setLanguage(nextLanguage(language))}>
            {languages[nextLanguage(language)]!.language}
          </button>
          <button type="button" class="button quiet" aria-pressed={isLow} onClick={() => setLow(!isLow)}>
            {isLow ? words.raise : words.lower}
          </button>
        </nav>
      </div>
    </Language.Provider>
  );
}

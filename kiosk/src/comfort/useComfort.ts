import { createContext, type RefObject } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import { useSpeech, type FollowHeadset, type Speech } from "../speech/useSpeech.ts";
import type { Languages } from "../strings/languages.ts";

/** How somebody wants the mirror to be, for as long as she is there. */
export interface Comfort {
  language: string;
  setLanguage: (code: string) => void;
  /** All of it in the lower part of the glass. */
  isLow: boolean;
  setLow: (isLow: boolean) => void;
  speech: Speech;
  /** The next shopper begins anew. */
  forget: () => void;
}

/** Forgets how she wanted it; for whoever knows that she is gone. */
export const Forget = createContext<() => void>(() => {});

const firstLanguage = (): string => (navigator.language.startsWith("de") ? "de" : "en");

/** Language, height and speech. @param stage what is read aloud */
export function useComfort(
  stage: RefObject<HTMLElement | null>,
  languages: Languages,
  headset: FollowHeadset | undefined,
): Comfort {
  const [language, setLanguage] = useState(firstLanguage);
  const [isLow, setLow] = useState(false);
  const speech = useSpeech(stage, language, languages[language]!, headset);
  useEffect(() => void (document.documentElement.lang = language), [language]);
  const forget = useCallback(() => {
    setLanguage(firstLanguage());
    setLow(false);
    speech.forget();
  }, [speech.forget]);
  return { language, setLanguage, isLow, setLow, speech, forget };
}

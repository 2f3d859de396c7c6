import type { Saying } from "./whatToSay.ts";

/** Speaks, on this machine: nothing that is said leaves it. */
export interface Voice {
  /** Says it: after what is being said, or in place of that. */
  say(saying: Saying): void;
  stop(): void;
}

/** The parts of Web Speech that are needed. */
export interface SpeechEngine {
  speechSynthesis?: Pick<
    SpeechSynthesis,
    "getVoices" | "speak" | "cancel" | "addEventListener" | "removeEventListener"
  >;
  SpeechSynthesisUtterance?: new (text: string) => SpeechSynthesisUtterance;
}

/**
 * Follows which language can be spoken: voices come late, and on many a Linux there are none. A voice that lives on a
 * server is none here.
 * @param tell is given the voice, or undefined while nothing can speak this language
 * @returns how to stop
 */
export function followVoice(
  { speechSynthesis: engine, SpeechSynthesisUtterance: Utterance }: SpeechEngine,
  language: string,
  tell: (voice: Voice | undefined) => void,
): () => void {
  if (!engine || !Utterance) {
    tell(undefined);
    return () => {};
  }
  const voiceOf = () =>
    engine.getVoices().find(({ lang, localService }) => localService && lang.split(/[-_]/)[0] === language);
  const say = ({ text, waits }: Saying) => {
    if (!waits) engine.cancel();
    for (const part of text) {
      const utterance = new Utterance(part);
      const voice = voiceOf();
      if (voice) utterance.voice = voice;
      utterance.lang = language;
      engine.speak(utterance);
    }
  };
  let hasVoice: boolean | undefined;
  const look = () => {
    const has = voiceOf() !== undefined;
    if (has !== hasVoice) tell(has ? { say, stop: () => engine.cancel() } : undefined);
    hasVoice = has;
  };
  look();
  engine.addEventListener("voiceschanged", look);
  return () => {
    engine.removeEventListener("voiceschanged", look);
    engine.cancel();
  };
}

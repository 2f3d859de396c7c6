import type { RefObject } from "preact";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Strings } from "../strings/en.ts";
import { readControl, readScreen } from "./readScreen.ts";
import { followVoice, type Voice } from "./voice.ts";
import { whatToSay, type Said } from "./whatToSay.ts";

/** Tells when a headset comes and goes. @returns how to stop */
export type FollowHeadset = (tell: (isPlugged: boolean) => void) => () => void;

/** Reading aloud, for a shopper who asked for it. */
export interface Speech {
  /** False where this machine has no voice for the language. */
  isOffered: boolean;
  isOn: boolean;
  turn: (isOn: boolean) => void;
  /** The next shopper begins in silence, unless the headset is still plugged in. */
  forget: () => void;
}

/** Says what the screens say, while it is turned on or a headset is plugged in. */
export function useSpeech(
  stage: RefObject<HTMLElement | null>,
  language: string,
  words: Strings,
  headset: FollowHeadset | undefined,
): Speech {
  const [voice, setVoice] = useState<Voice>();
  const [isOn, setOn] = useState(false);
  const isPlugged = useRef(false);
  useEffect(() => followVoice(window, language, setVoice), [language]);
  useEffect(
    () =>
      headset?.((plugged) => {
        isPlugged.current = plugged;
        setOn(plugged);
      }),
    [headset],
  );
  useEffect(() => {
    if (!isOn || !voice || !stage.current) return undefined;
    return readAloud(stage.current, voice, words.readingAloud);
  }, [isOn, voice, words]);
  const forget = useCallback(() => setOn(isPlugged.current), []);
  return { isOffered: voice !== undefined, isOn: isOn && voice !== undefined, turn: setOn, forget };
}

/** Says how it is used, then follows the screen and the focus. @returns how to fall silent */
function readAloud(stage: HTMLElement, voice: Voice, greeting: string): () => void {
  let before: Said | undefined;
  const look = () => {
    const after = readScreen(stage);
    const saying = whatToSay(before, after);
    before = after;
    if (saying.text.length > 0) voice.say(saying);
  };
  const onFocus = ({ target }: FocusEvent) => {
    const text = target instanceof Element ? readControl(target) : undefined;
    if (text) voice.say({ text: [text], waits: false });
  };
  before = readScreen(stage);
  voice.say({ text: [greeting, ...whatToSay(undefined, before).text], waits: false });
  const watching = new MutationObserver(look);
  watching.observe(stage, { childList: true, characterData: true, subtree: true, attributeFilter: ["open"] });
  stage.addEventListener("focusin", onFocus);
  const stop = () => voice.stop();
  addEventListener("pagehide", stop);
  return () => {
    watching.disconnect();
    stage.removeEventListener("focusin", onFocus);
    removeEventListener("pagehide", stop);
    voice.stop();
  };
}

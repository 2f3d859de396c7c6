import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Forget, useComfort } from "./comfort/useComfort.ts";
import { useReach } from "./reach/useReach.ts";
import { Setup } from "./screens/Setup.tsx";
import type { KioskIdentity, Shell } from "./shell.ts";
import type { FollowHeadset } from "./speech/useSpeech.ts";
import { Language, LANGUAGES, type Languages } from "./strings/languages.ts";
import { Corner } from "./ui/Corner.tsx";

/** What stands around the screens of every build: set-up, language, reach, speech. */
export function Kiosk({
  shell,
  languages = LANGUAGES,
  headset,
  children,
}: {
  shell: Shell;
  languages?: Languages;
  /** Where a page may be told of sound outputs. */
  headset?: FollowHeadset;
  children: (identity: KioskIdentity) => ComponentChildren;
}) {
  const stage = useRef<HTMLDivElement>(null);
  const comfort = useComfort(stage, languages, headset);
  const [identity, setIdentity] = useState<KioskIdentity | null>();
  useEffect(() => void shell.identity().then((known) => setIdentity(known ?? null)), [shell]);
  const reach = useReach();
  return (
    <Language.Provider value={languages[comfort.language]!}>
      <div class={comfort.isLow ? "mirror low" : "mirror"}>
        <div class="stage" ref={stage}>
          {identity === null && <Setup shell={shell} onDone={() => location.reload()} />}
          {identity && <Forget.Provider value={comfort.forget}>{children(identity)}</Forget.Provider>}
          <Corner comfort={comfort} languages={languages} canLower={reach?.top !== 0} />
        </div>
      </div>
    </Language.Provider>
  );
}

import { useCallback, useEffect, useState } from "preact/hooks";
import { Picture } from "./camera/Picture.tsx";
import { useCamera } from "./camera/useCamera.ts";
import { usePerson, type Person } from "./camera/usePerson.ts";
import { Clips } from "./clips/Clips.ts";
import { openClipStore, type ClipStore } from "./clips/clipStore.ts";
import { useScanner } from "./camera/useScanner.ts";
import { useTakes } from "./looks/useTakes.ts";
import { Mirror } from "./Mirror.tsx";
import { Setup } from "./screens/Setup.tsx";
import { createServer } from "./server/server.ts";
import { useLease } from "./server/useLease.ts";
import type { Timing } from "./session/session.ts";
import { useEnding } from "./session/useEnding.ts";
import { useMirror } from "./session/useMirror.ts";
import { useTouch } from "./session/useTouch.ts";
import { CameraLight } from "./ui/CameraLight.tsx";
import type { Command, KioskIdentity, Shell } from "./shell.ts";
import { Language, LANGUAGES, nextLanguage } from "./strings/languages.ts";
import { useHeartbeat } from "./useHeartbeat.ts";

/** The mirror's page. */
export function App({ shell, timing }: { shell: Shell; timing: Timing }) {
  const [language, setLanguage] = useState(() => (navigator.language.startsWith("de") ? "de" : "en"));
  const [isLow, setLow] = useState(false);
  const [identity, setIdentity] = useState<KioskIdentity | null>();
  useEffect(() => void shell.identity().then((known) => setIdentity(known ?? null)), [shell]);
  const [clips, setClips] = useState<ClipStore>();
  useEffect(() => void openClips().then(setClips), []);
  const words = LANGUAGES[language]!;
  useEffect(() => void (document.documentElement.lang = language), [language]);
  return (
    <Language.Provider value={words}>
      <div class={isLow ? "mirror low" : "mirror"}>
        {identity === null && <Setup shell={shell} onDone={() => location.reload()} />}
        {identity && clips && (
          <Clips.Provider value={clips}>
            <Running shell={shell} timing={timing} />
          </Clips.Provider>
        )}
        <nav class="corner">
          <button type="button" class="button quiet" onClick={() => setLanguage(nextLanguage(language))}>
            {LANGUAGES[nextLanguage(language)]!.language}
          </button>
          <button type="button" class="button quiet" aria-pressed={isLow} onClick={() => setLow(!isLow)}>
            {isLow ? words.raise : words.lower}
          </button>
        </nav>
      </div>
    </Language.Provider>
  );
}

/** Opens the clips' store, empty: what an earlier page left, when it was killed or the power went, has lost its keys. */
async function openClips(): Promise<ClipStore> {
  const store = await openClipStore();
  await store.removeAll();
  return store;
}

function Running({ shell, timing }: { shell: Shell; timing: Timing }) {
  const [server] = useState(() => createServer(shell));
  const { mirror, now, send } = useMirror(timing);
  const [isNight, setNight] = useState(false);
  const camera = useCamera(!isNight);
  const takes = useTakes(mirror, camera, send);
  const onPerson = useCallback(
    (person: Person) => {
      takes.see(person);
      send({ type: "seen", who: person.who });
    },
    [takes, send],
  );
  const offer = usePerson(onPerson);
  const { scanned, offer: scan } = useScanner(mirror.kind === "open" && mirror.session.place === "article");
  const onFrame = useCallback(
    (element: HTMLVideoElement, at: number) => {
      takes.show(element);
      offer(element, at);
      scan(element, at);
    },
    [offer, scan, takes],
  );
  useHeartbeat(shell, mirror, camera.state);
  useTouch(send);
  useLease(server, mirror, send);
  useEnding(shell, server, mirror, timing, send);
  useEffect(
    () =>
      shell.onCommand((command: Command) => {
        if (command === "night" || command === "day") setNight(command === "night");
        if (command === "wipe") send({ type: "done", why: "command" });
      }),
    [shell, send],
  );
  const begin = () => send({ type: "begin", id: crypto.randomUUID() });
  const isSeen = mirror.kind === "hello" || mirror.kind === "open";
  if (isNight) return <div class="night" />;
  return (
    <>
      <div class={isSeen ? "glass" : "glass dark"}>
        <Picture stream={camera.stream} onFrame={onFrame} />
      </div>
      {camera.state.kind === "live" && <CameraLight />}
      <Mirror
        mirror={mirror}
        camera={camera.state}
        scanned={scanned}
        now={now}
        server={server}
        send={send}
        onBegin={begin}
      />
    </>
  );
}

import { useCallback, useEffect, useState } from "preact/hooks";
import { Picture } from "./camera/Picture.tsx";
import { useCamera } from "./camera/useCamera.ts";
import { usePerson, type Person } from "./camera/usePerson.ts";
import { Clips, useClips } from "./clips/Clips.ts";
import { openClipStore, type ClipStore } from "./clips/clipStore.ts";
import { useScanner } from "./camera/useScanner.ts";
import { Kiosk } from "./Kiosk.tsx";
import { destroyLooks } from "./looks/destroyLooks.ts";
import { useLoss } from "./looks/useLoss.ts";
import { useDiscards } from "./looks/useDiscards.ts";
import { useTakes } from "./looks/useTakes.ts";
import { Mirror } from "./Mirror.tsx";
import { CameraScreen } from "./screens/CameraScreen.tsx";
import type { Session, Timing } from "./session/session.ts";
import { useSession } from "./session/useSession.ts";
import { CameraLight } from "./ui/CameraLight.tsx";
import type { Shell } from "./shell.ts";
import { followHeadset } from "./speech/followHeadset.ts";
import type { FollowHeadset } from "./speech/useSpeech.ts";
import { useStrings } from "./strings/languages.ts";
import { useHeartbeat } from "./useHeartbeat.ts";

const headset: FollowHeadset = (tell) => followHeadset(navigator.mediaDevices, tell);

/** The page of a mirror with a camera. */
export function App({ shell, timing }: { shell: Shell; timing: Timing }) {
  const [clips, setClips] = useState<ClipStore>();
  useEffect(() => void openClips().then(setClips), []);
  return (
    <Kiosk shell={shell} headset={headset}>
      {() =>
        clips && (
          <Clips.Provider value={clips}>
            <Running shell={shell} timing={timing} />
          </Clips.Provider>
        )
      }
    </Kiosk>
  );
}

/** Opens the clips' store, empty: what an earlier page left, when it was killed or the power went, has lost its keys. */
async function openClips(): Promise<ClipStore> {
  const store = await openClipStore();
  await store.removeAll();
  return store;
}

function Running({ shell, timing }: { shell: Shell; timing: Timing }) {
  const words = useStrings();
  const store = useClips();
  const destroy = useCallback(({ looks }: Session) => destroyLooks(looks, store), [store]);
  const session = useSession(shell, timing, destroy);
  const { mirror, send, isNight } = session;
  useLoss(mirror, store, send);
  useDiscards(mirror);
  const camera = useCamera(!isNight);
  const takes = useTakes(mirror, camera, send);
  const isTrusted = camera.state.kind === "live";
  useEffect(() => {
    if (!isTrusted) send({ type: "blind" });
  }, [isTrusted, send]);
  const onPerson = useCallback(
    (person: Person) => {
      // On a black picture nobody is seen, and on a frozen one whoever was there: neither says that she left.
      if (!isTrusted) return;
      takes.see(person);
      const { who } = person;
      send(who === "nobody" ? { type: "seen", who, seenAt: person.seenAt } : { type: "seen", who });
    },
    [takes, send, isTrusted],
  );
  const offer = usePerson(onPerson);
  const scan = useScanner(mirror.kind === "open" && mirror.session.place === "article", send);
  const onFrame = useCallback(
    (element: HTMLVideoElement, at: number) => {
      takes.show(element);
      offer(element, at);
      scan(element, at);
    },
    [offer, scan, takes],
  );
  useHeartbeat(shell, session, camera.state.kind);
  const isSeen = mirror.kind === "hello" || mirror.kind === "open";
  if (isNight) return <div class="night" />;
  return (
    <>
      <div class={isSeen ? "glass" : "glass dark"}>
        <Picture stream={camera.stream} onFrame={onFrame} />
      </div>
      {camera.state.kind === "live" && <CameraLight />}
      <Mirror {...session} said={words.cameraStates[camera.state.kind]}>
        {(props) => <CameraScreen {...props} camera={camera.state} takeMs={timing.takeMs} send={send} />}
      </Mirror>
    </>
  );
}

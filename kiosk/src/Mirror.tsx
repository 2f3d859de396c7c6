import type { ComponentChildren } from "preact";
import { Goodbye } from "./screens/Goodbye.tsx";
import { Greeting } from "./screens/Greeting.tsx";
import { Locked } from "./screens/Locked.tsx";
import { StillThere } from "./screens/StillThere.tsx";
import type { ScreenProps } from "./screens/props.ts";
import type { Notice, Session } from "./session/session.ts";
import type { RunningSession } from "./session/useSession.ts";
import { Track } from "./tryOns/useTryOnEvents.ts";
import { useStrings } from "./strings/languages.ts";
import type { Strings } from "./strings/en.ts";
import { Button } from "./ui/Button.tsx";

/** What the mirror says of each notice. */
const NOTICES: Record<Notice, keyof Strings> = {
  second_person: "secondPerson",
  camera_lost: "cameraLost",
  disk_full: "diskFull",
  storage_failed: "storageFailed",
  take_failed: "takeFailed",
  too_many_looks: "tooManyLooks",
  looks_lost: "looksLost",
  phone_let_go: "phoneLetGo",
  phone_forgotten: "phoneForgotten",
};

/** Everything the screens stand on. */
export interface MirrorProps extends RunningSession {
  /** What the build has to say of its parts, while there is no notice. */
  said?: string;
  /** The build's own screens of an open session. */
  children: (props: ScreenProps) => ComponentChildren;
}

/** The mirror's screen of the moment. */
export function Mirror(props: MirrorProps) {
  const { mirror, now, begin, track } = props;
  switch (mirror.kind) {
    case "idle":
    case "hello":
      return <Greeting isSeen={mirror.kind === "hello"} now={now} onBegin={begin} />;
    case "open":
      return (
        <Track.Provider value={track}>
          <Opened {...props} session={mirror.session} />
          {mirror.warnedUntil !== undefined && (
            <StillThere
              seconds={Math.max(0, Math.ceil((mirror.warnedUntil - now) / 1000))}
              onMore={() => props.send({ type: "extend" })}
              onDone={() => props.send({ type: "done" })}
            />
          )}
        </Track.Provider>
      );
    case "locked":
      return <Locked onStartOver={begin} />;
    case "ended":
      break;
  }
  return <Goodbye />;
}

function Opened(props: MirrorProps & { session: Session }) {
  const { session, now, send, server, offers, said, children } = props;
  const words = useStrings();
  return (
    <>
      {session.notice && (
        <p class="notice" role="alert">
          {words[NOTICES[session.notice]] as string}
        </p>
      )}
      {!session.notice && said && (
        <p class="notice" role="status">
          {said}
        </p>
      )}
      {children({ session, now, send, server, offers })}
      {!session.take && (
        <div class="done">
          <Button onPress={() => send({ type: "done" })}>{words.done}</Button>
        </div>
      )}
    </>
  );
}

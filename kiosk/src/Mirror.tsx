import type { CameraState } from "@vitrine/vision";
import type { ComponentChildren } from "preact";
import { Compare } from "./screens/Compare.tsx";
import { Goodbye } from "./screens/Goodbye.tsx";
import { Handover } from "./screens/Handover.tsx";
import { Hello } from "./screens/Hello.tsx";
import { Idle } from "./screens/Idle.tsx";
import { Live } from "./screens/Live.tsx";
import { Locked } from "./screens/Locked.tsx";
import { Looks } from "./screens/Looks.tsx";
import { Pair } from "./screens/Pair.tsx";
import { Replay } from "./screens/Replay.tsx";
import { Scan } from "./screens/Scan.tsx";
import { StillThere } from "./screens/StillThere.tsx";
import type { ScreenProps } from "./screens/props.ts";
import type { Server } from "./server/server.ts";
import type { Mirror as State, MirrorEvent, Notice, Session } from "./session/session.ts";
import { useStrings } from "./strings/languages.ts";
import type { Strings } from "./strings/en.ts";
import { Button } from "./ui/Button.tsx";

/** What the mirror says of each notice. */
const NOTICES: Record<Notice, keyof Strings> = {
  second_person: "secondPerson",
  camera_lost: "cameraLost",
  disk_full: "diskFull",
  take_failed: "takeFailed",
  too_many_looks: "tooManyLooks",
};

/** Everything the screens stand on. */
export interface MirrorProps {
  mirror: State;
  camera: CameraState | undefined;
  /** The number on the label that was held before the camera. */
  scanned: string | undefined;
  now: number;
  server: Server;
  send: (event: MirrorEvent) => void;
  onBegin: () => void;
}

/** The mirror's screen of the moment. */
export function Mirror(props: MirrorProps) {
  const { mirror, now, onBegin } = props;
  switch (mirror.kind) {
    case "idle":
      return <Idle now={now} onBegin={onBegin} />;
    case "hello":
      return <Hello onBegin={onBegin} />;
    case "open":
      return (
        <Opened {...props} session={mirror.session}>
          {mirror.warnedUntil !== undefined && (
            <StillThere
              seconds={Math.max(0, Math.ceil((mirror.warnedUntil - now) / 1000))}
              onMore={() => props.send({ type: "extend" })}
              onDone={() => props.send({ type: "done" })}
            />
          )}
        </Opened>
      );
    case "locked":
      return <Locked onStartOver={onBegin} />;
    case "ended":
      break;
  }
  return <Goodbye />;
}

function Opened(props: MirrorProps & { session: Session; children: ComponentChildren }) {
  const words = useStrings();
  const { session, camera, children, send } = props;
  const said = camera && words.cameraStates[camera.kind];
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
      <Screen {...props} />
      {!session.take && (
        <div class="done">
          <Button onPress={() => send({ type: "done" })}>{words.done}</Button>
        </div>
      )}
      {children}
    </>
  );
}

function Screen({ session, camera, now, send, server, scanned }: MirrorProps & { session: Session }) {
  const props: ScreenProps = { session, camera, now, send };
  switch (session.place) {
    case "mirror":
      return <Live {...props} />;
    case "looks":
      return <Looks {...props} />;
    case "replay":
      return <Replay {...props} />;
    case "compare":
      return <Compare {...props} />;
    case "pair":
      return <Pair {...props} server={server} />;
    case "article":
      return <Scan {...props} server={server} scanned={scanned} />;
    case "handover":
      break;
  }
  return <Handover {...props} server={server} />;
}

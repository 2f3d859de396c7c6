import { Kiosk } from "./Kiosk.tsx";
import { Mirror } from "./Mirror.tsx";
import { CubicleScreen } from "./screens/CubicleScreen.tsx";
import type { Timing } from "./session/session.ts";
import { useSession } from "./session/useSession.ts";
import type { Shell } from "./shell.ts";
import { WITHOUT_CAMERA } from "./strings/withoutCamera.ts";
import { useHeartbeat } from "./useHeartbeat.ts";

/** The page of a kiosk without a camera, as it may stand in a cubicle. Nothing that it imports could start one. */
export function AppWithoutCamera({ shell, timing }: { shell: Shell; timing: Timing }) {
  return (
    <Kiosk shell={shell} languages={WITHOUT_CAMERA}>
      {({ store }) => <Running shell={shell} timing={timing} store={store} />}
    </Kiosk>
  );
}

/** It keeps nothing outside the page, which the shell ends. */
const destroyNothing = () => Promise.resolve();

function Running({ shell, timing, store }: { shell: Shell; timing: Timing; store: string }) {
  const session = useSession(shell, timing, destroyNothing);
  useHeartbeat(shell, session, "none");
  if (session.isNight) return <div class="night" />;
  return <Mirror {...session}>{(props) => <CubicleScreen {...props} store={store} />}</Mirror>;
}

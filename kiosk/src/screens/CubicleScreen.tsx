import { ForYou } from "./ForYou.tsx";
import { Pair } from "./Pair.tsx";
import type { ScreenProps } from "./props.ts";
import { Scan } from "./Scan.tsx";
import { TakeList } from "./TakeList.tsx";
import { Tried } from "./Tried.tsx";

/** The screens of a session where there is no camera: it begins with what she scanned. */
export function CubicleScreen(props: ScreenProps & { store: string }) {
  switch (props.session.place) {
    case "pair":
      return <Pair {...props} />;
    case "offers":
      return <ForYou {...props} />;
    case "article":
      return <Scan {...props} back="mirror" />;
    case "handover":
      return <TakeList {...props} />;
    default:
      return <Tried {...props} />;
  }
}

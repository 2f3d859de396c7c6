import { ForYou } from "./ForYou.tsx";
import { Pair } from "./Pair.tsx";
import type { ScreenProps } from "./props.ts";
import { Scan } from "./Scan.tsx";
import { Tried } from "./Tried.tsx";

/** The screens of a session where there is no camera: it begins with what she scanned. */
export function CubicleScreen(props: ScreenProps) {
  switch (props.session.place) {
    case "pair":
      return <Pair {...props} />;
    case "offers":
      return <ForYou {...props} />;
    case "article":
      return <Scan {...props} back="mirror" />;
    default:
      return <Tried {...props} />;
  }
}

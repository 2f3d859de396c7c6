import type { Article } from "../looks/look.ts";
import { Compare } from "./Compare.tsx";
import { ForYou } from "./ForYou.tsx";
import { Handover } from "./Handover.tsx";
import { Live } from "./Live.tsx";
import { Looks } from "./Looks.tsx";
import { Pair } from "./Pair.tsx";
import { Replay } from "./Replay.tsx";
import { Scan } from "./Scan.tsx";
import type { CameraScreenProps } from "./props.ts";

/** The screens of a session before a camera. */
export function CameraScreen(props: CameraScreenProps) {
  switch (props.session.place) {
    case "mirror":
      return <Live {...props} />;
    case "looks":
      return <Looks {...props} />;
    case "replay":
      return <Replay {...props} />;
    case "compare":
      return <Compare {...props} />;
    case "pair":
      return <Pair {...props} />;
    case "offers":
      return <ForYou {...props} />;
    case "article":
      return <ScanForLook {...props} />;
    case "handover":
      break;
  }
  return <Handover {...props} />;
}

/** A garment that is scanned here may be the one in the newest look. */
function ScanForLook(props: CameraScreenProps) {
  const { session, send } = props;
  const newest = session.looks.at(-1);
  const back = newest ? "looks" : "mirror";
  if (!newest) return <Scan {...props} back={back} />;
  const tag = (article: Article) => {
    send({ type: "tag", look: newest.id, article });
    send({ type: "go", place: back });
  };
  return <Scan {...props} back={back} onChoose={tag} />;
}

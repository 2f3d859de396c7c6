import { useEffect, useState } from "preact/hooks";
import { parseGlass } from "./glass.ts";
import { reachOf, type Reach } from "./reachOf.ts";

/** Tells the style sheet how large a millimetre is and where hands reach, whenever the page's size changes. The shell names the glass in the page's address. */
export function useReach(): Reach | undefined {
  const [glass] = useState(() => parseGlass(new URLSearchParams(location.search).get("glass") ?? ""));
  const [reach, setReach] = useState<Reach>();
  useEffect(() => {
    if (!glass) return undefined;
    const look = () => setReach(reachOf(glass, { width: innerWidth, height: innerHeight }));
    look();
    addEventListener("resize", look);
    return () => removeEventListener("resize", look);
  }, [glass]);
  useEffect(() => {
    if (!reach) return;
    const { mm, top, foot } = reach;
    for (const [name, pixels] of Object.entries({ mm, reach: top, foot }))
      document.documentElement.style.setProperty(`--${name}`, `${pixels}px`);
  }, [reach]);
  return reach;
}

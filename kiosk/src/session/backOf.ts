import type { MirrorEvent, Session } from "./session.ts";

/** What Escape does on a screen: stops what runs, else goes one screen back; nothing where she came in. */
export function backOf({ place, take, looks }: Session): MirrorEvent | undefined {
  if (take) return take.step === "keeping" ? undefined : { type: "cancel" };
  switch (place) {
    case "mirror":
      return undefined;
    case "looks":
      return { type: "go", place: "mirror" };
    case "pair":
    case "article":
      return { type: "go", place: looks.length > 0 ? "looks" : "mirror" };
    default:
      return { type: "go", place: "looks" };
  }
}

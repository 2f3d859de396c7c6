import type { PhoneLease, Place } from "./server.ts";
import { strings as text } from "./strings.ts";

/** What the page shows. */
export type Screen =
  | { kind: "reading" | "noCode" | "tooOld" | "ended" }
  | { kind: "unreachable"; retry: () => void }
  | { kind: "choose"; code: string; place: Place; isKnown: boolean; choose: (withProfile: boolean) => void }
  | { kind: "lease"; lease: PhoneLease; act: (what: "reopen" | "end") => void };

/** Draws a screen: what is new, in text nodes, since names come from a merchant. */
export function drawScreen(screen: Screen): HTMLElement {
  switch (screen.kind) {
    case "choose":
      return drawChoice(screen);
    case "lease":
      return drawLease(screen);
    case "unreachable":
      return card(screen.kind, text.unreachable, button(text.retry, "main", screen.retry));
    case "reading":
      return card(screen.kind, text.reading);
    default:
      return card(screen.kind, text[screen.kind], soft(text[`${screen.kind}Text`]));
  }
}

/** Says something that failed, above the buttons it failed for. */
export function drawFailure(message: string): HTMLElement {
  const failure = element("p", message);
  failure.setAttribute("role", "alert");
  return failure;
}

function drawChoice({ place, isKnown, choose }: Extract<Screen, { kind: "choose" }>): HTMLElement {
  const without = button(isKnown ? text.without : text.useIt, isKnown ? "" : "main", () => choose(false));
  const choices = isKnown
    ? [
        element("h2", text.shows),
        button(text.withProfile, "main", () => choose(true)),
        without,
        soft(`${text.withProfileText} ${text.forgets}`),
      ]
    : [soft(text.unknownText), without, soft(text.forgets)];
  return card("choose", place.name, ...choices, { above: text.inFrontOf, below: text.store(place.store) });
}

function drawLease({ lease, act }: Extract<Screen, { kind: "lease" }>): HTMLElement {
  const done = (kind: string) => button(text.done, kind, () => act("end"));
  if (lease.state === "locked")
    return card(
      "locked",
      text.locked,
      soft(text.lockedText),
      button(text.reopen, "main", () => act("reopen")),
      done(""),
    );
  const shows = lease.scope.includes("profile") ? text.openWith : text.openWithout;
  return card("open", text.open, soft(shows), soft(text.openText), done("main"));
}

/** A titled card. Lines around the title come last, as an object. */
function card(
  kind: string,
  title: string,
  ...parts: (HTMLElement | { above: string; below: string })[]
): HTMLElement {
  const glass = element("div", "", `glass ${kind}`);
  const heading = element("h1", title);
  heading.tabIndex = -1;
  const head = element("div", "", "head");
  head.append(heading);
  const section = element("section");
  section.append(glass, head);
  for (const part of parts) {
    if (part instanceof HTMLElement) section.append(part);
    else {
      head.prepend(soft(part.above));
      head.append(soft(part.below));
    }
  }
  return section;
}

function button(label: string, kind: string, onPress: () => void): HTMLElement {
  const made = element("button", label, kind);
  made.type = "button";
  made.addEventListener("click", onPress);
  return made;
}

const soft = (words: string): HTMLElement => element("p", words, "soft");

function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  words: string = "",
  className: string = "",
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  made.textContent = words;
  made.className = className;
  return made;
}

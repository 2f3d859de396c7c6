import { adoptStyle } from "../adoptStyle.ts";
import { placementsOf } from "../createInspection.ts";
import { strings } from "../strings.ts";
import { buildNodes } from "./buildNodes.ts";
import { PANEL_STYLE, PREVIEW_STYLE } from "./previewStyle.ts";
import { endpointOf, readPreview, type PreviewAnswer, type PreviewedSlot } from "./readPreview.ts";

const text = strings.preview;

/** What the page tells the console that it stands in. */
type Word =
  | { kind: "slots"; slots: { placement: string; rule: string | null }[] }
  | { kind: "picked"; placement: string };

/**
 * Shows a draft in this page. The server decides, and each slot is replaced by a copy that the SDK does not know: it neither
 * fills it nor tells of it, so nothing is counted.
 */
export async function startPreview(token: string): Promise<void> {
  const endpoint = endpointOf();
  const answer = endpoint && (await readPreview(endpoint, token, placementsOf(document)));
  note(answer ? text.note : text.ended);
  if (!answer) return;
  adoptStyle(document, PREVIEW_STYLE);
  for (const slot of answer.slots) fill(slot, answer.console);
  tell(answer.console, {
    kind: "slots",
    slots: answer.slots.map(({ placement, rule }) => ({ placement, rule })),
  });
}

function fill(slot: PreviewedSlot, consoleOrigin: PreviewAnswer["console"]): void {
  for (const original of document.querySelectorAll<HTMLElement>("[data-vitrine-slot]")) {
    if (original.dataset["vitrineSlot"] !== slot.placement) continue;
    const copy = original.cloneNode(slot.nodes.length === 0) as HTMLElement;
    delete copy.dataset["vitrineSlot"];
    copy.dataset["vitrinePreview"] = slot.placement;
    copy.prepend(strip(slot, consoleOrigin), ...buildNodes(slot.nodes));
    original.replaceWith(copy);
  }
}

/** Names a slot and its rule; in the console's frame it can be picked. */
function strip({ placement, rule }: PreviewedSlot, consoleOrigin: string): HTMLElement {
  const { host, box } = panel();
  box.append(`${placement}: ${rule ?? text.own}`);
  if (parent === window) return host;
  const pick = document.createElement("button");
  pick.textContent = text.pick;
  pick.addEventListener("click", (event) => {
    event.preventDefault(); // a slot may stand within a link
    tell(consoleOrigin, { kind: "picked", placement });
  });
  box.append(pick);
  return host;
}

function note(words: string): void {
  const { host, box } = panel();
  box.className = "note";
  box.role = "status";
  box.append(words);
  document.documentElement.append(host);
}

/** An element that the shop's own styles and scripts do not reach. */
function panel(): { host: HTMLElement; box: HTMLElement } {
  const host = document.createElement("vitrine-preview");
  const root = host.attachShadow({ mode: "closed" });
  adoptStyle(root, PANEL_STYLE);
  const box = document.createElement("div");
  root.append(box);
  return { host, box };
}

/** Only the console's own origin may hear it, whoever put this page into a frame. */
function tell(consoleOrigin: string, word: Word): void {
  if (parent !== window) parent.postMessage({ vitrine: "preview", ...word }, consoleOrigin);
}

import type { ViewNode } from "@vitrine/core";
import { buildContent } from "../slots/buildContent.ts";
import { adoptStyle } from "../slots/style.ts";

/** The look of a note; any rule of the shop's own wins. */
const NOTE_CSS =
  "@layer vitrine{.vitrine-note{font-size:.85em}" +
  ".vitrine-note button{margin-inline-start:.5em;padding:0;border:0;background:none;color:inherit;font:inherit;text-decoration:underline;cursor:pointer}}";

const styled = new WeakSet<Document>();

/** A button of a note: what it says, and what it does. */
export type NoteButton = [label: string, act: () => void];

/** Puts a note behind a control: a text, and buttons that do something, once. */
export function showNote(control: HTMLElement, text: string, buttons: NoteButton[]): HTMLElement {
  const document = control.ownerDocument;
  if (!styled.has(document)) adoptStyle(document, NOTE_CSS);
  styled.add(document);
  const content: ViewNode[] = buttons.map(([label]) => ["button", {}, label]);
  const note = buildContent([["p", { class: "vitrine-note" }, text, ...content]], document)[0] as HTMLElement;
  note.setAttribute("role", "status");
  note.querySelectorAll("button").forEach((button, i) => {
    button.addEventListener("click", () => {
      note.remove();
      buttons[i]![1]();
    });
  });
  (control.closest("label") ?? control).after(note);
  return note;
}

import { useEffect, useState } from "preact/hooks";
import { ask } from "../api/client.ts";
import type { RulesContent, RulesState } from "../api/types.ts";

/** What was typed and not yet saved; kept while one looks at other pages of the console. */
let unsaved: string | undefined;
const listeners = new Set<() => void>();
/** Settles with the last save that was begun. */
let lastSave: Promise<unknown> = Promise.resolve();

/** The text that the console is editing, in whichever of its views. */
export interface DraftText {
  /** What was typed; undefined while it is as it was saved. */
  typed: string | undefined;
  readonly setTyped: (text: string | undefined) => void;
}

/** Follows the unsaved draft, and warns before the browser leaves it behind. */
export function useDraftText(savedText: string): DraftText & { isUnsaved: boolean } {
  const [typed, follow] = useState(unsaved);
  useEffect(() => {
    const hear = () => follow(unsaved);
    listeners.add(hear);
    return () => void listeners.delete(hear);
  }, []);
  const isUnsaved = typed !== undefined && typed !== savedText;
  useLeaveWarning(isUnsaved);
  return { typed, setTyped, isUnsaved };
}

/**
 * Saves a text as the draft, after any save that is still under way: the last that was pressed is the one that stays.
 * `onSaved` gets the answer before the text is forgotten: a moment without both would show the draft of before. What was
 * typed meanwhile stays typed. Throws the server's refusal.
 */
export async function saveDraft(text: string, onSaved: (state: RulesState) => void): Promise<void> {
  const save = lastSave.then(() => ask<RulesState>("PUT", "/rules/draft", JSON.parse(text)));
  lastSave = save.catch(() => undefined);
  onSaved(await save);
  if (unsaved === text) setTyped(undefined);
}

/** What would be edited: the draft, or what is live while there is none. */
export function contentOf({ draft, published }: RulesState): RulesContent {
  return draft ?? published?.content ?? { rules: [] };
}

/** The draft as the editor shows it. */
export const textOfContent = (content: RulesContent): string => JSON.stringify(content, null, 2);

/** The content that a text is; undefined for one that is none, such as JSON that somebody is still writing. */
export function contentIn(text: string): RulesContent | undefined {
  try {
    const content = JSON.parse(text) as Partial<RulesContent> | null;
    return Array.isArray(content?.rules) ? (content as RulesContent) : undefined;
  } catch {
    return undefined; // SyntaxError
  }
}

function setTyped(text: string | undefined): void {
  unsaved = text;
  for (const listener of listeners) listener();
}

function useLeaveWarning(isUnsaved: boolean): void {
  useEffect(() => {
    if (!isUnsaved) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [isUnsaved]);
}

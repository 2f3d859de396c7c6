/** Runs a task now or, on a page that is rendered ahead and may never be seen, when the person comes to it. */
export function onActivation(document: Document, task: () => unknown): void {
  if ((document as { prerendering?: boolean }).prerendering)
    document.addEventListener("prerenderingchange", task, { once: true });
  else task();
}

/** A same-origin page in a frame, so that a test has a window, a document and an address of its own. */
export interface FramePage {
  window: Window & typeof globalThis;
  document: Document;
  remove(): void;
}

/** Opens an empty page in a visible frame of 600 × 400 pixels; `path` may carry a query and a hash. */
export async function openFrame(body = "", suffix = ""): Promise<FramePage> {
  const frame = document.createElement("iframe");
  frame.style.cssText = "position:fixed;top:0;left:0;width:600px;height:400px;border:0";
  const loaded = new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
  frame.src = new URL(`./page.html${suffix}`, import.meta.url).href;
  document.body.append(frame);
  await loaded;
  const window = frame.contentWindow as Window & typeof globalThis;
  window.document.body.innerHTML = body;
  return { window, document: window.document, remove: () => frame.remove() };
}

/** After the next frame, and after the tasks that were waiting for it. */
export function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(() => setTimeout(resolve)));
  });
}

/** After everything that waits in the queue of microtasks, observers of mutations included. */
export function microtasks(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

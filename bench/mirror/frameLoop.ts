// What runs in a page to see how long its main thread lets frames wait.

/** What a loop of animation frames saw. */
export interface Frames {
  /** From when the browser wanted each frame to when the page's main thread got to it, ms. */
  waits: number[];
  /** Length of the whole, ms. */
  ms: number;
  /** Camera frames handed to a worker meanwhile. */
  handed: number;
}

declare global {
  var frameLoop: { stop: () => Frames } | undefined;
}

/** Begins; runs in a page. */
export function startFrames(): void {
  const waits: number[] = [];
  const start = performance.now();
  let handed = 0;
  // oxlint-disable-next-line typescript/unbound-method -- called with its worker below
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function (...given: unknown[]) {
    const [, moved] = given as [unknown, unknown];
    if (Array.isArray(moved) && moved.some((one) => one instanceof VideoFrame)) handed++;
    Reflect.apply(postMessage, this, given);
  };
  let handle = requestAnimationFrame(function next(wanted) {
    waits.push(performance.now() - wanted);
    handle = requestAnimationFrame(next);
  });
  globalThis.frameLoop = {
    stop: () => {
      cancelAnimationFrame(handle);
      Worker.prototype.postMessage = postMessage;
      return { waits, ms: performance.now() - start, handed };
    },
  };
}

/** Ends, and tells; runs in a page. */
export function stopFrames(): Frames {
  return globalThis.frameLoop!.stop();
}

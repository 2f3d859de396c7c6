/** What the app needs of its library. */
export interface Library {
  createElement: (type: unknown, props: object | null, ...children: unknown[]) => unknown;
  Fragment: unknown;
  useEffect: (effect: () => () => void, on: unknown[]) => void;
  useState: <T>(initial: T) => [T, (next: (old: T) => T) => void];
}

/** Time between two renderings. */
const TICK_MS = 40;

/** The shop's own of a slot, as markup that the library takes as it stands. */
const OWN = { __html: "<p>Default</p>" };

/**
 * A shop's app that renders all of itself anew many times a second: a slot whose default changes each time, one that it
 * takes for markup, and one that is made anew every fifth time.
 */
export const appOf =
  ({ createElement, Fragment, useEffect, useState }: Library) =>
  (): unknown => {
    const [ticks, tick] = useState(0);
    useEffect(() => {
      const timer = setInterval(() => tick((old) => old + 1), TICK_MS);
      return () => clearInterval(timer);
    }, []);
    const slot = (more: object, ...children: unknown[]) =>
      createElement(
        "div",
        { "data-vitrine-slot": "top", suppressHydrationWarning: true, ...more },
        ...children,
      );
    return createElement(
      Fragment,
      null,
      createElement("p", { id: "ticks" }, ticks),
      slot({ id: "text" }, `Default ${ticks}`),
      slot({ id: "markup", "data-vitrine-live": "", dangerouslySetInnerHTML: OWN }),
      slot({ id: "anew", key: `anew ${Math.floor(ticks / 5)}` }, "Default"),
    );
  };

/** A context as both libraries make it. */
export interface Context {
  Provider: unknown;
}

/** What an effect gives back: how to end it. */
export type Effect = () => void | (() => void);

/** What the bindings use of preact or React, which call it the same; typed loosely where their types differ. */
export interface Library<Node> {
  createContext: (value: unknown) => Context;
  createElement: (type: unknown, props: object | null, ...children: Node[]) => Node;
  useContext: (context: Context) => unknown;
  useState: <T>(initial: () => T) => [T, (next: (old: T) => T) => void];
  useEffect: (effect: Effect, inputs: readonly unknown[]) => void;
  useLayoutEffect: (effect: Effect, inputs: readonly unknown[]) => void;
  useMemo: <T>(make: () => T, inputs: readonly unknown[]) => T;
  /** Renders into an element that stands outside the tree. */
  renderInto: (node: Node, element: HTMLElement) => void;
}

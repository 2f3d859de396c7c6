import type { Vitrine } from "@vitrine/browser";
import type { HandOff } from "../../../packages/preact/src/handOff.ts";

/** What differs between the libraries; the page is the same. */
export interface Made {
  createElement: (type: unknown, props: object | null, ...children: unknown[]) => unknown;
  useState: <T>(initial: T) => [T, (next: T) => void];
  Provider: unknown;
  Slot: unknown;
  useDecision: (placement: string) => { outcome?: unknown };
}

/** A page with a slot that has a default, a flag, a counter that renders all of it anew, and a way to leave. */
export function treeOf(
  { createElement, useState, Provider, Slot, useDecision }: Made,
  given: { vitrine?: Vitrine; handOff: HandOff },
): unknown {
  const Flag = () => {
    const outcome = useDecision("motto").outcome as { value?: string } | undefined;
    return createElement("p", { id: "motto" }, outcome?.value ?? "none");
  };
  const Home = ({ count }: { count: number }) =>
    createElement(
      "section",
      null,
      createElement(
        Slot,
        { placement: "hero", class: "hero" },
        createElement("h1", null, `The shop's own, ${count}`),
      ),
      createElement(Flag, null),
    );
  const App = () => {
    const [count, setCount] = useState(0);
    const [isHome, setHome] = useState(true);
    return createElement(
      "main",
      null,
      createElement("button", { id: "count", onClick: () => setCount(count + 1) }, String(count)),
      createElement("button", { id: "leave", onClick: () => setHome(!isHome) }, "leave"),
      isHome ? createElement(Home, { count }) : createElement("p", { id: "away" }, "away"),
    );
  };
  return createElement(Provider, { ...given, language: "en" }, createElement(App, null));
}

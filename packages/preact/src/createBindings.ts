import type { Vitrine } from "@vitrine/browser";
import type { Decision, JsonObject } from "@vitrine/core";
import { contentHtml, contentOf } from "./contentHtml.ts";
import { createDecisionStore, type DecisionStore } from "./decisionStore.ts";
import type { HandOff } from "./handOff.ts";
import { handToSdk } from "./handToSdk.ts";
import type { Context, Library } from "./library.ts";

/** What the provider is given. */
export interface ProviderProps<Node> {
  /** The SDK; left out on a server. */
  vitrine?: Vitrine | undefined;
  /** What the server decided: the same on the server and at hydration. */
  handOff?: HandOff | undefined;
  /** Language tag of the page, for prices; `en` where absent. */
  language?: string;
  children?: Node;
}

/** What a slot is given. */
export interface SlotProps<Node> {
  placement: string;
  /** True: it follows changes while it is seen; give it a size of its own then. */
  live?: boolean;
  /** Of the element around it. */
  class?: string;
  /** The shop's own default. It is rendered once: what must change is no default of a slot. */
  children?: Node;
}

/** The bindings of one library. */
export interface Bindings<Node> {
  Provider: (props: ProviderProps<Node>) => Node;
  Slot: (props: SlotProps<Node>) => Node;
  useDecision: (placement: string, app?: JsonObject) => Decision;
  useVitrine: () => Vitrine | undefined;
}

const NOTHING: HandOff = { decisions: {} };

/** Makes the bindings with preact's or React's own elements and hooks. */
export function createBindings<Node>(library: Library<Node>): Bindings<Node> {
  const { createContext, createElement, useContext, useEffect, useMemo, useState } = library;
  const Context = createContext(createDecisionStore(undefined, NOTHING, "en"));
  const useStore = () => useContext(Context) as DecisionStore;
  const FilledSlot = createFilledSlot(library, Context);

  return {
    Provider: ({ vitrine, handOff = NOTHING, language = "en", children }) => {
      const [store] = useState(() => createDecisionStore(vitrine, handOff, language));
      useEffect(() => store.start(), [store]);
      return createElement(Context.Provider, { value: store }, children as Node);
    },

    // Another placement is another place.
    Slot: (props) => createElement(FilledSlot, { ...props, key: props.placement }),

    useDecision: (placement, app) => {
      const store = useStore();
      const [turn, setTurn] = useState(() => 0);
      useEffect(() => store.subscribe(() => setTurn((old) => old + 1)), [store]);
      // Another object with the same facts is no other question.
      return useMemo(() => store.decide(placement, app), [store, placement, JSON.stringify(app), turn]);
    },

    useVitrine: () => useStore().vitrine,
  };
}

/**
 * The slot itself: an element of the tree, and in it one that is the SDK's. The SDK may fill or replace that one at any time, so
 * the tree is the same object at each render: neither library then looks into it again.
 */
function createFilledSlot<Node>(
  { createElement, useContext, useLayoutEffect, useMemo, useState, renderInto }: Library<Node>,
  Context: Context,
): (props: SlotProps<Node>) => Node {
  return ({ placement, live, class: className, children }) => {
    const store = useContext(Context) as DecisionStore;
    const [handed] = useState(() => store.handed(placement));
    const [host] = useState<{ current: HTMLElement | null; isHanded?: true }>(() => ({ current: null }));
    const content = handed ? contentOf(handed, store.language) : [];

    useLayoutEffect(() => {
      const copy = host.current?.firstElementChild;
      if (!content[0] || !(copy instanceof HTMLElement) || !store.vitrine || host.isHanded) return;
      host.isHanded = true;
      const original = copy.cloneNode() as HTMLElement;
      renderInto(createElement(Context.Provider, { value: store }, children as Node), original);
      handToSdk(handed!, { content, copy, original });
    }, []);

    return useMemo(() => {
      const inner = {
        "data-vitrine-slot": placement,
        ...(live && { "data-vitrine-live": "" }),
        ...(content[0] && { dangerouslySetInnerHTML: { __html: contentHtml(content) } }),
      };
      const filling = content[0]
        ? createElement("div", inner)
        : createElement("div", inner, children as Node);
      return createElement("div", { ref: host, className }, filling);
    }, []);
  };
}

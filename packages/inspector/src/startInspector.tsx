import { render } from "preact";
import { adoptStyle } from "./adoptStyle.ts";
import { App } from "./App.tsx";
import { createInspection } from "./createInspection.ts";
import { STYLE } from "./style.ts";

/** The element that the panel is in. */
const HOST = "vitrine-inspector";

/** What happens inside the panel is not the shop's to react to. */
const OWN = ["keydown", "keyup", "keypress", "click", "input", "change", "pointerdown", "mousedown"];

/** Opens the inspector in this page; from then on Alt+Shift+V closes and opens it. A second one does nothing. */
export function startInspector(): void {
  if (document.querySelector(HOST)) return;
  const inspection = createInspection();
  let close: (() => void) | undefined;

  const open = () => {
    const focused = document.activeElement;
    const host = document.createElement(HOST);
    const root = host.attachShadow({ mode: "closed" });
    adoptStyle(root, STYLE);
    for (const name of OWN) host.addEventListener(name, (event) => event.stopPropagation());
    close = () => {
      close = undefined;
      render(null, root);
      host.remove();
      if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
    };
    document.documentElement.append(host);
    render(<App inspection={inspection} onClose={() => close?.()} />, root);
  };

  const toggle = () => {
    try {
      (close ?? open)();
    } catch (error) {
      console.info("vitrine: no inspector", error); // not the page's to hear
    }
  };
  addEventListener(
    "keydown",
    (event) => {
      if (!event.altKey || !event.shiftKey || event.code !== "KeyV") return;
      event.preventDefault();
      event.stopImmediatePropagation(); // the SDK would load another
      toggle();
    },
    true,
  );
  toggle();
}

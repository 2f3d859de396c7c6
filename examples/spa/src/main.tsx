import { hydrate } from "preact";
import { createVitrine } from "@vitrine/browser";
import { readHandOff } from "@vitrine/preact";
import { App } from "./App.tsx";
import { STATE_ID, type PageState } from "./pageState.ts";

const { articles, config } = JSON.parse(document.getElementById(STATE_ID)!.textContent) as PageState;
const vitrine = createVitrine({ ...config, cookie: true });
// For the inspector, which works on the page's own SDK.
Object.assign(window, { vitrine });
hydrate(
  <App path={location.pathname} articles={articles} handOff={readHandOff(document)} vitrine={vitrine} />,
  document.getElementById("root")!,
);

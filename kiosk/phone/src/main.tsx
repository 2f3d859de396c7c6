import { render } from "preact";
import { App } from "./App.tsx";
import { createTake } from "./take.ts";

const root = document.getElementById("take");
if (root) {
  const take = createTake({
    api: `${location.origin}${root.dataset["api"] ?? "/v1"}`,
    token: decodeURIComponent(location.pathname.split("/").at(-1) ?? ""),
    fragment: location.hash.slice(1),
    storage: sessionStorage,
    fetch: (url, options) => fetch(url, options),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    // The key stays in no history once it opens nothing any more.
    forget: () => history.replaceState(null, "", location.pathname),
  });
  render(<App take={take} />, root);
}

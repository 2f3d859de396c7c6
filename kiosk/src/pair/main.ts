// The script of a shop's pairing page. It stands above the SDK's tag and is neither `async` nor `defer`: so the code is
// out of the address before anything else can read it.
import { startPairPage } from "./pairPage.ts";
import { createServer } from "./server.ts";

const { endpoint = "/v1" } = (document.currentScript as HTMLScriptElement).dataset;
const server = createServer(endpoint, (...asked) => fetch(...asked));

/** Takes a scanned code out of the address. */
const takeCode = () => {
  const code = location.hash.slice(1);
  if (code) history.replaceState(history.state, "", location.pathname + location.search);
  return code || undefined;
};

const code = takeCode();
const start = () => {
  const host = document.getElementById("vitrine-pair");
  if (!host) return;
  const scan = startPairPage(host, server, code);
  // A phone may open the next code in the tab that has the page already.
  addEventListener("hashchange", () => {
    const next = takeCode();
    if (next) scan(next);
  });
};
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();

import { build } from "esbuild";
import { createElement, Fragment, useEffect, useState } from "react";
import { renderToString } from "react-dom/server";
import type { FaultRow, Outcome, Scope } from "../support/FaultRow.ts";
import { appOf } from "../support/renderers/app.ts";
import { openRulesShop, saying, SLOT, type RulesShop, type ShopPage } from "../support/rulesShop.ts";
import { uncaught } from "../support/watchPage.ts";

const OURS = "Ours";

/** How long a page is watched, of its own clock; the first part is left out, in which all is put in place. */
const START_MS = 500;
const WATCH_MS = 1000;

/** Pages that are open at once: most of a visit is waiting. */
const AT_ONCE = 6;

/** Most exposures of a page: each of its slots' contents is shown once at an address. */
const MAX_EXPOSURES = 3;

/** Most times in a second that our content may be put into a page which throws it away. */
const MAX_PER_SECOND = 10;

/** Slots as a page that renders by hand has them. */
const SLOTS = `${SLOT}<div data-vitrine-slot="top">Default</div>`;

const all = (what: string) =>
  `document.querySelectorAll("[data-vitrine-slot]").forEach((slot) => { ${what} });`;

/** Pages that render by hand, and what they do again and again. */
const LOOPS: Record<string, string> = {
  "sets its slots' markup": `setInterval(() => { ${all(`slot.innerHTML = "<p>Default</p>";`)} }, 20);`,
  "sets them back at each change": `new MutationObserver(() => { ${all(
    `if (!slot.querySelector(".mine")) slot.innerHTML = '<p class="mine">Default</p>';`,
  )} }).observe(document, { childList: true, subtree: true });`,
  "makes its slots anew in each frame": `const anew = () => { ${all(
    `const copy = slot.cloneNode(); copy.textContent = "Default"; slot.replaceWith(copy);`,
  )} requestAnimationFrame(anew); }; anew();`,
  "sets the whole body": `setInterval(() => { document.body.innerHTML = '${SLOTS}'; }, 60);`,
  "takes our content out": `setInterval(() => document.querySelectorAll(".vitrine-block").forEach((one) => one.remove()), 20);`,
};

const bundleOf = async (name: string): Promise<string> => {
  const built = await build({
    entryPoints: [new URL(`../support/renderers/${name}.ts`, import.meta.url).pathname],
    bundle: true,
    write: false,
    format: "iife",
    // The development build: it is the one that tells of mismatches.
    define: { "process.env.NODE_ENV": '"development"' },
  });
  return built.outputFiles[0]!.text;
};

const rendered = () =>
  renderToString(createElement(appOf({ createElement, Fragment, useEffect, useState } as never) as never));

/** The pages, by name; an app's script is `/app/NAME.js`. */
function pages(): Record<string, Partial<ShopPage>> {
  const app = (name: string, html = "") => ({
    body: `<div id="root">${html}</div><script src="/app/${name}.js"></script>`,
  });
  const late = (name: string) => ({
    body: `<div id="root">${rendered()}</div><script>
      addEventListener("load", () => setTimeout(() => document.body.append(Object.assign(document.createElement("script"), { src: "/app/${name}.js" })), 500));
    </script>`,
  });
  const loops = Object.entries(LOOPS).map(([name, code]) => [
    name,
    { body: `${SLOTS}<script>${code}</script>` },
  ]);
  return {
    "a React app": app("reactApp"),
    "a preact app": app("preactApp"),
    "a React app, hydrated": app("reactApp", rendered()),
    "a preact app, hydrated": app("preactApp", rendered()),
    "a React app, hydrated after our content came": late("reactApp"),
    "a preact app, hydrated after our content came": late("preactApp"),
    ...Object.fromEntries(loops),
  };
}

/** Counts how often our content is put into the page, and at what time of the page. Runs before its scripts. */
function countFills(): void {
  const fills: number[] = [];
  Object.assign(window, { fills });
  new MutationObserver((records) => {
    for (const { addedNodes } of records)
      for (const node of addedNodes)
        if (node instanceof Element && node.matches(".vitrine-block")) fills.push(performance.now());
  }).observe(document, { childList: true, subtree: true });
}

interface Watched {
  /** Of ours, in a second. */
  fills: number;
  isShown: boolean;
  events: number;
}

async function watch(shop: RulesShop, path: string): Promise<Watched & { noise: string[] }> {
  const { page, context, noise } = await shop.visit(
    async (opened) => {
      await opened.evaluateOnNewDocument(countFills);
    },
    undefined,
    path,
  );
  const watched = await page.evaluate(
    async (startMs, watchMs, ours) => {
      await window.vitrine.ready();
      await new Promise((resolve) => setTimeout(resolve, startMs + watchMs));
      const { fills } = window as unknown as { fills: number[] };
      const end = performance.now();
      return {
        fills: fills.filter((at) => at > end - watchMs).length / (watchMs / 1000),
        isShown: document.body.textContent.includes(ours),
        events: window.vitrine.profile().counters["Content Shown"]?.total ?? 0,
      };
    },
    START_MS,
    WATCH_MS,
    OURS,
  );
  await context.close();
  const said = noise.lines.filter((line) => /hydrat|did not match|Warning|vitrine/i.test(line));
  return { ...watched, noise: [...uncaught([noise]), ...said] };
}

async function run(_trial: number, scope: Scope): Promise<Outcome> {
  const shop = await openRulesShop(scope);
  shop.rules = await shop.signer.sign({ rules: [saying(OURS)] });
  const scripts = { reactApp: await bundleOf("reactApp"), preactApp: await bundleOf("preactApp") };
  const all = Object.entries(pages());
  shop.pageAt = (path) => all[Number(path.slice("/page".length))]?.[1] ?? {};
  shop.answer = (path, _request, response) => {
    const [, name] = /^\/app\/(\w+)\.js$/.exec(path) ?? [];
    if (!name) return false;
    response.setHeader("Content-Type", "text/javascript").end(scripts[name as keyof typeof scripts]);
    return true;
  };
  const violations: string[] = [];
  let fastest = 0;
  const left = all.entries();
  const next = async () => {
    for (const [at, [what]] of left) {
      const { fills, isShown, noise, events } = await watch(shop, `page${at}`);
      fastest = Math.max(fastest, fills);
      if (fills > MAX_PER_SECOND) violations.push(`${what}: ${fills} fills a second`);
      if (!isShown && what.includes(" app")) violations.push(`${what}: our content is gone`);
      if (events > MAX_EXPOSURES) violations.push(`${what}: ${events} exposures`);
      violations.push(...noise.map((line) => `${what}: ${line}`));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  return { faults: all.length, violations, figures: { "fills a second": fastest } };
}

/** A page that renders over what we put into it. */
export const renderingPages: FaultRow = {
  id: "C8",
  about: "apps of frameworks, and pages by hand, that render their slots again and again",
  trials: { ci: 1, full: 20 },
  run,
};

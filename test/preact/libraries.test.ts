import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { after, before, describe, it } from "node:test";
import { build } from "esbuild";
import * as preact from "preact";
import * as preactHooks from "preact/hooks";
import { renderToString as renderPreact } from "preact-render-to-string";
import type { Browser, Page } from "puppeteer-core";
import * as react from "react";
import { renderToString as renderReact } from "react-dom/server";
import * as preactBindings from "@vitrine/preact";
import * as reactBindings from "@vitrine/preact/react";
import { handOffElement, type HandOff } from "@vitrine/preact/server";
import type { Decision } from "@vitrine/core";
import { createSigner, type Signer } from "../browser/support/createSigner.ts";
import { launchChromium } from "../support/chromium.ts";
import { treeOf } from "./pages/tree.ts";

const COMPAT = {
  react: "preact/compat",
  "react-dom": "preact/compat",
  "react-dom/client": "preact/compat/client",
};
/** Says aloud where a page that is hydrated differs; React does so by itself. */
const DEBUG = [fileURLToPath(import.meta.resolve("preact/debug"))];
const preactTree = { ...preact, ...preactHooks, ...preactBindings };

/** A library, how its pages are rendered on the server, and built for the browser. */
const LIBRARIES = {
  preact: { entry: "preactPage.ts", made: preactTree, render: renderPreact, alias: {}, inject: DEBUG },
  "a React app on preact's compat": {
    entry: "reactPage.ts",
    made: preactTree,
    render: renderPreact,
    alias: COMPAT,
    inject: DEBUG,
  },
  React: {
    entry: "reactPage.ts",
    made: { ...react, ...reactBindings },
    render: renderReact,
    alias: {},
    inject: [],
  },
};

const decided = (more: Partial<Decision>): Decision => ({
  placement: "hero",
  reason: "targeting_match",
  rule: "welcome",
  version: 1,
  evidence: [],
  trace: [],
  ...more,
});

/** What a server decided; the texts have everything in them that markup could be made of. */
const HAND_OFF: HandOff = {
  decisions: {
    hero: decided({
      outcome: { type: "message", title: `Back, <b>Ada</b> & "Co"</script>?`, products: [] },
      because: "Because you were here.",
    }),
    motto: decided({ placement: "motto", rule: "motto", outcome: { type: "value", value: "handed over" } }),
  },
};
const RULES = [
  { id: "welcome", placement: "hero", action: { type: "message", title: { en: "From the page's rules" } } },
  { id: "motto", placement: "motto", action: { type: "value", value: "from the page's rules" } },
] as const;

for (const [name, { entry, made, render, alias, inject }] of Object.entries(LIBRARIES)) {
  describe(`the bindings in ${name}`, () => {
    let server: Server;
    let browser: Browser;
    let signer: Signer;
    let code: string;
    let origin: string;

    before(async () => {
      signer = await createSigner();
      const built = await build({
        entryPoints: [new URL(`pages/${entry}`, import.meta.url).pathname],
        bundle: true,
        write: false,
        format: "esm",
        alias,
        inject,
        // The development build: it is the one that tells of mismatches.
        define: { "process.env.NODE_ENV": '"development"' },
      });
      code = built.outputFiles[0]!.text;
      const signed = JSON.stringify(await signer.sign({ rules: RULES as never }));
      server = createServer((request, response) => {
        const path = request.url!.split("?")[0]!;
        const [status, type, body] = answer(path, signed);
        response.writeHead(status, { "Content-Type": type }).end(body);
      });
      await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
      origin = `http://localhost:${(server.address() as AddressInfo).port}`;
      browser = await launchChromium();
    });
    after(async () => {
      await browser.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    });

    const html = (handOff: HandOff) => `<!doctype html>
<html lang="en" data-site="vs_test" data-rules-key="${signer.rulesKey}"><head><meta charset="utf-8"><title>Shop</title></head>
<body><div id="root">${render(treeOf(made as never, { handOff }) as never)}</div>
${handOffElement(handOff)}<script type="module" src="/page.js"></script></body></html>`;

    const answer = (path: string, signed: string): [number, string, string] => {
      if (path === "/v1/rules") return [200, "application/json", signed];
      if (path === "/page.js") return [200, "text/javascript", code];
      if (path === "/handed") return [200, "text/html", html(HAND_OFF)];
      if (path === "/other")
        return [200, "text/html", html(HAND_OFF).replaceAll(/p( id="motto")?>/g, "h6$1>")];
      if (path === "/plain") return [200, "text/html", html({ decisions: {} })];
      return [404, "text/plain", ""];
    };

    /** Opens a page and notes what its console complains of, and what happens to the slot. */
    const open = async (path: string): Promise<{ page: Page; complaints: string[] }> => {
      const page = await (await browser.createBrowserContext()).newPage();
      const complaints: string[] = [];
      page.on("pageerror", (error) => complaints.push(String(error)));
      page.on("console", (message) => {
        const text = message.text();
        if (["error", "warn"].includes(message.type()) && !/status of 404/.test(text)) complaints.push(text);
      });
      await page.goto(origin + path, { waitUntil: "load" });
      await page.waitForFunction(() => window.vitrine);
      await page.evaluate(() => window.vitrine.ready());
      return { page, complaints };
    };
    const text = (page: Page, selector: string) => page.$eval(selector, (element) => element.textContent);

    it("show what the server decided in the first paint, hydrate it without a mismatch, and count it once", async () => {
      const { page, complaints } = await open("/handed");
      const shown = `Back, <b>Ada</b> & "Co"</script>?Because you were here.`;
      assert.equal(await text(page, ".hero"), shown);
      assert.equal(await page.$eval(".hero h2", (element) => element.childElementCount), 0);
      await page.waitForFunction(() => window.vitrine.decide("hero").version === 1);
      assert.equal(await text(page, "#motto"), "from the page's rules");
      await page.waitForFunction(() => window.exposures.length > 0);
      await page.click("#count");
      assert.equal(await text(page, "#count"), "1");
      assert.equal(await text(page, ".hero"), shown, "what was seen stands until another page");
      assert.deepEqual(await page.evaluate(() => window.exposures), [
        { placement: "hero", rule: "welcome", version: 1 },
      ]);
      assert.deepEqual(complaints, []);
    });

    it("are heard when they do not match: the control", async () => {
      const { complaints } = await open("/other");
      assert.match(complaints.join(), /hydrat|Expected a DOM node/i);
    });

    it("bring the shop's default back when the person refuses", async () => {
      const { page, complaints } = await open("/handed");
      await page.evaluate(() => window.vitrine.consent("denied"));
      await page.waitForFunction(() =>
        document.querySelector(".hero")?.textContent?.startsWith("The shop's own"),
      );
      assert.equal((await page.$$("[data-vitrine-slot]")).length, 1);
      await page.click("#leave");
      assert.equal(await text(page, "#away"), "away");
      assert.equal((await page.$$("[data-vitrine-slot]")).length, 0);
      assert.deepEqual(complaints, []);
    });

    it("leave a default that was seen alone, and fill the slot of the next view before it is painted", async () => {
      const { page, complaints } = await open("/plain");
      await page.waitForFunction(() => window.vitrine.decide("hero").version === 1);
      assert.equal(await text(page, ".hero"), "The shop's own, 0");
      await page.click("#leave");
      await page.evaluate(() => history.pushState({}, "", "/plain?again"));
      const inFrame = await page.evaluate(async () => {
        document.querySelector<HTMLElement>("#leave")!.click();
        while (!document.querySelector(".hero")) await new Promise((resolve) => setTimeout(resolve));
        await new Promise(requestAnimationFrame);
        return document.querySelector(".hero")!.textContent;
      });
      assert.match(inFrame ?? "", /From the page's rules/);
      for (const wanted of ["1", "2"]) {
        await page.click("#count");
        assert.equal(await text(page, "#count"), wanted);
      }
      assert.match((await text(page, ".hero")) ?? "", /From the page's rules/);
      assert.deepEqual(complaints, []);
    });
  });
}

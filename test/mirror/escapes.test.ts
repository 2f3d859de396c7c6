// Ways out of a kiosk, tried with a real keyboard and from within the page; each must leave everything as it was.
import assert from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { runBox, whyNoBox } from "./support/box.ts";
import { pageFolder } from "./support/pageFolder.ts";
import type { Running } from "./support/running.ts";
import { testInBothShells } from "./support/shells.ts";
import { openXInput, type KeyName } from "./support/xInput.ts";

/** Chords that browsers and Electron know. Those of the system (see `SYSTEM`) no program can refuse. */
const CHORDS: KeyName[][] = [
  ...(["w", "t", "n", "o", "p", "s", "j", "h", "l", "u", "r", "d", "f", "g", "q", "m"] as const).map(
    (key): KeyName[] => ["Control", key],
  ),
  ...(["n", "t", "i", "j", "w", "Escape", "Delete", "Tab", "r", "s", "p", "o", "m"] as const).map(
    (key): KeyName[] => ["Control", "Shift", key],
  ),
  ...(["F4", "space", "d", "Home", "Left", "Right", "f", "F10"] as const).map((key): KeyName[] => [
    "Alt",
    key,
  ]),
  ...(["minus", "equal", "0", "Tab", "F4", "Return"] as const).map((key): KeyName[] => ["Control", key]),
  ...(
    ["F1", "F3", "F5", "F6", "F7", "F10", "F11", "F12", "Escape", "BackSpace", "Print", "Menu"] as const
  ).map((key): KeyName[] => [key]),
  ...(["Back", "Forward", "Reload", "HomePage", "Mail", "Search", "Super"] as const).map((key): KeyName[] => [
    key,
  ]),
  ["Shift", "F10"],
  ["Shift", "Escape"],
  ["Control", "Shift", "Control", "Shift"],
  ["Shift", "Shift", "Shift", "Shift", "Shift"],
];

/** What no program can refuse: it belongs to the single-app session that the install guide asks for. */
const SYSTEM = [
  "Ctrl+Alt+Del",
  "Ctrl+Alt+F1 to F7",
  "Alt+Tab",
  "Alt+SysRq",
  "swipes with three or four fingers",
  "swipes from the edge",
  "the on-screen keyboard's settings",
  "a second display",
  "USB storage",
  "the power key",
];

/** Tries from within the page. Whatever it throws or gives is its own affair: what counts is what came of it. */
const TRIES: Record<string, () => unknown> = {
  "window.open": () => window.open("https://example.com/"),
  "window.open of a blank page": () => window.open("about:blank"),
  "window.open of a data page": () => window.open("data:text/html,hello", "_blank", "popup"),
  "another window's own open": () => Window.prototype.open?.call(window, "https://example.com/"),
  location: () => (location.href = "https://example.com/"),
  "location.replace": () => location.replace("https://example.com/"),
  "a file": () => (location.href = "file:///etc/passwd"),
  "a data page": () => (location.href = "data:text/html,hello"),
  "view-source": () => (location.href = `view-source:${location.href}`),
  "the browser's own pages": () => (location.href = "chrome://settings/"),
  mailto: () => document.querySelector<HTMLElement>("#mail")!.click(),
  tel: () => document.querySelector<HTMLElement>("#call")!.click(),
  "a link away": () => document.querySelector<HTMLElement>("#away")!.click(),
  "a link into a new window": () => document.querySelector<HTMLElement>("#blank")!.click(),
  "a link to a file": () => document.querySelector<HTMLElement>("#file")!.click(),
  "a download": () => document.querySelector<HTMLElement>("#save")!.click(),
  "a download of a blob": () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["escaped"]));
    link.download = "escaped.txt";
    link.dispatchEvent(new MouseEvent("click"));
  },
  print: () => window.print(),
  "a form": () => {
    const form = document.createElement("form");
    form.action = "https://example.com/";
    document.body.append(form);
    form.submit();
  },
  "a meta refresh": () => {
    const meta = document.createElement("meta");
    meta.httpEquiv = "refresh";
    meta.content = "0;url=https://example.com/";
    document.head.append(meta);
  },
  "an embedded page": () => {
    const frame = document.createElement("iframe");
    frame.src = "https://example.com/";
    document.body.append(frame);
  },
  "a webview": () => {
    const view = document.createElement("webview");
    view.setAttribute("src", "https://example.com/");
    document.body.append(view);
  },
  "a script from elsewhere": () => {
    const script = document.createElement("script");
    script.src = "data:text/javascript,globalThis.escaped = true";
    document.body.append(script);
  },
  "an inline handler": () => {
    document.body.insertAdjacentHTML("beforeend", '<img src="x:" onerror="globalThis.escaped = true">');
  },
  "the history": () => history.back(),
  close: () => window.close(),
  alert: () => setTimeout(() => alert("hello")),
  move: () => window.moveTo(100, 100),
  resize: () => window.resizeTo(100, 100),
  "a dropped file": () => {
    const data = new DataTransfer();
    data.items.add(new File(["hello"], "hello.html", { type: "text/html" }));
    document.body.dispatchEvent(
      new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }),
    );
  },
  "zoom by wheel": () =>
    document.body.dispatchEvent(new WheelEvent("wheel", { ctrlKey: true, deltaY: -100, bubbles: true })),
};

/** What asks for a device or a right; each must be refused, and say so. */
const ASKS: Record<string, () => Promise<unknown>> = {
  microphone: () => navigator.mediaDevices.getUserMedia({ audio: true }),
  "camera with microphone": () => navigator.mediaDevices.getUserMedia({ audio: true, video: true }),
  screen: () => navigator.mediaDevices.getDisplayMedia(),
  place: () => new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject)),
  "clipboard's content": () => navigator.clipboard.readText(),
  "sensors of the network": () => fetch("https://example.com/"),
  "MIDI devices": () =>
    (navigator as unknown as { requestMIDIAccess(): Promise<unknown> }).requestMIDIAccess(),
};

/** What must not change, whatever is tried. `mark` is lost when the page is loaded anew. */
const look = (page: Page) =>
  page.evaluate(async () => {
    // Two frames: what was asked of the browser before was done, or refused, by then.
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    return {
      url: location.href,
      mark: (globalThis as { mark?: string }).mark,
      isEscaped: "escaped" in globalThis,
      zoom: [devicePixelRatio, visualViewport?.scale],
      size: [innerWidth, innerHeight, screenX, screenY],
    };
  });

const countPages = (page: Page) => page.context().pages().length;

testInBothShells(`${CHORDS.length} chords of a real keyboard change nothing`, async (t, run) => {
  const running = await run({ page: pageFolder(t) });
  const page = await running.page();
  const input = await openXInput(running.display);
  t.after(() => input.close());
  await input.click(200, 130);
  await page.locator("input").focus();
  await input.press("a");
  await page.waitForFunction(() => document.querySelector("input")?.value === "a");
  await page.evaluate(() => ((globalThis as { mark?: string }).mark = "kept"));
  const before = await look(page);
  const files = listFiles(running);
  const escaped: string[] = [];
  for (const chord of CHORDS) {
    await input.press(...chord);
    const isSame = JSON.stringify(await look(page).catch(() => undefined)) === JSON.stringify(before);
    if (!isSame || countPages(page) !== 1) escaped.push(chord.join("+"));
    if (page.isClosed()) break;
  }
  assert.deepEqual(escaped, []);
  assert.deepEqual(listFiles(running), files);
  t.diagnostic(`${CHORDS.length} of ${CHORDS.length} held; for the system to refuse: ${SYSTEM.join(", ")}`);
});

test("control: without its guard, Chromium obeys the same keyboard", { skip: whyNoBox() }, async (t) => {
  const folder = pageFolder(t);
  writeFileSync(join(folder, "guardPage.js"), "export const guardPage = () => undefined;");
  const running = await runBox(t, { page: folder });
  const page = await running.page();
  const input = await openXInput(running.display);
  t.after(() => input.close());
  await input.click(200, 130);
  const { zoom } = await look(page);
  await input.press("Control", "equal");
  await page.waitForFunction((before) => devicePixelRatio !== before, zoom[0]);
});

testInBothShells(
  `${Object.keys(TRIES).length} ways out of the page lead nowhere, and ${Object.keys(ASKS).length} devices are refused`,
  async (t, run) => {
    const running = await run({ page: pageFolder(t) });
    const page = await running.page();
    await page.evaluate(() => ((globalThis as { mark?: string }).mark = "kept"));
    const before = await look(page);
    const files = listFiles(running);
    const escaped: string[] = [];
    for (const [name, attempt] of Object.entries(TRIES)) {
      await page.evaluate(attempt).catch(() => undefined);
      const isSame = JSON.stringify(await look(page).catch(() => undefined)) === JSON.stringify(before);
      if (!isSame || countPages(page) !== 1) escaped.push(name);
      if (page.isClosed()) break;
    }
    assert.deepEqual(escaped, []);
    assert.deepEqual(listFiles(running), files);
    for (const [name, ask] of Object.entries(ASKS)) await assert.rejects(page.evaluate(ask), name);
    const state = (name: string) =>
      page.evaluate(
        async (name) => (await navigator.permissions.query({ name: name as "camera" })).state,
        name,
      );
    assert.equal(await state("camera"), "granted");
    for (const name of ["microphone", "geolocation", "notifications", "midi", "clipboard-read"])
      assert.equal(await state(name), "denied", name);
  },
);

/** Files that anybody can see: what a browser keeps for itself is not one of them. */
function listFiles({ folder }: Running): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /escaped|page\.css|passwd|\.(?:html|pdf|mhtml|txt|crdownload)$/i.test(name))
    .filter((name) => !/^(?:chromium|vitrine-shopper-[^/]*)\//.test(name));
}

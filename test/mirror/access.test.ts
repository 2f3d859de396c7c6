// Everybody can use the mirror: each of its screens in a real Chromium, reached by keys alone, in both ways a glass can
// hang, looked at by axe, by millimetres and by pixels.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Browser, Page } from "puppeteer-core";
import { parseGlass } from "../../kiosk/src/reach/glass.ts";
import { reachOf } from "../../kiosk/src/reach/reachOf.ts";
import { SAFE_PAGE_PATH } from "../../kiosk/shell/src/shared/safePage.ts";
import { violationsOf } from "../support/axe.ts";
import { launchChromium } from "../support/chromium.ts";
import { judgeControls, leastContrast } from "./support/judgeScreen.ts";
import { focused, pressByKey, tabTo } from "./support/keyboard.ts";
import { whyNotLong } from "./support/shells.ts";
import { openMirror, serveMirror, type ServedMirror } from "./support/mirrorPage.ts";

/** Panels of 55 inches that hang high: little of them is within reach. Words and colours are the same on both: read once. */
const GLASSES = [
  { name: "portrait", width: 1080, height: 1920, glass: "680x1209@650", isRead: true },
  { name: "landscape", width: 1920, height: 1080, glass: "1209x680@850", isRead: false },
] as const;
type Hung = (typeof GLASSES)[number];

/** Pictures of the screens are kept where this names a folder. */
const SHOTS = process.env["MIRROR_SHOTS"];

describe("the mirror is for everybody", () => {
  let served: ServedMirror;
  let browser: Browser;
  let reader: Page;
  before(async () => {
    served = await serveMirror();
    browser = await launchChromium({ args: ["--autoplay-policy=no-user-gesture-required"] });
    reader = await browser.newPage();
    if (SHOTS) for (const { name } of GLASSES) mkdirSync(join(SHOTS, name), { recursive: true });
  });
  after(async () => {
    await browser?.close();
    await served?.close();
  });

  const open = async (hung: Hung): Promise<Page> => {
    const page = await browser.newPage();
    // A machine that is busy is slow, and nothing here is about how fast it is.
    page.setDefaultTimeout(60_000);
    await page.setViewport({ width: hung.width, height: hung.height });
    await openMirror(page, served.url, hung.glass);
    return page;
  };

  /** Judges the screen that is shown, as it stands and moved into reach; time stands still meanwhile. */
  const judgeWith =
    (page: Page, hung: Hung, problems: string[]) =>
    async (name: string, isHeading = true) => {
      await page.evaluate(() => window.world.hold());
      const note = (found: string[], where = "") =>
        problems.push(...found.map((problem) => `${hung.name} ${name}${where}: ${problem}`));
      if (isHeading) {
        const { tag } = await focused(page);
        if (tag !== "H1") note([`the focus is on ${tag}`]);
      }
      const { mm, top } = reachOf(parseGlass(hung.glass)!, hung);
      note(await judgeControls(page, { mm, top: 0 }));
      if (hung.isRead) {
        note(await violationsOf(page));
        const { ratio, text } = await leastContrast(page, reader);
        if (!(ratio >= 7)) note([`contrast ${ratio} of “${text}”`]);
      }
      if (SHOTS) await page.screenshot({ path: join(SHOTS, hung.name, `${name}.png`) });
      await lower(page, true);
      note(await judgeControls(page, { mm, top }), " in reach");
      if (SHOTS) await page.screenshot({ path: join(SHOTS, hung.name, `${name}-low.png`) });
      await lower(page, false);
      await page.evaluate(() => window.world.release());
    };
  // The class alone: pressing the button takes the focus, and answers a dialog. That the button sets it is tested below.
  const lower = (page: Page, isLow: boolean) =>
    page.evaluate((low) => void document.querySelector(".mirror")!.classList.toggle("low", low), isLow);
  const see = (page: Page, text: string) =>
    page.waitForFunction(
      (wanted) => document.querySelector("#mirror")!.textContent.includes(wanted),
      {},
      text,
    );
  const hears = (page: Page, words: string) =>
    page.waitForFunction(
      (wanted) => window.world.said.some(({ text, language }) => `${language}: ${text}` === wanted),
      {},
      words,
    );
  const skip = (page: Page, ms: number) => page.evaluate((by) => window.world.skip(by), ms);

  for (const hung of GLASSES)
    it(
      `${hung.name}: every screen is reached by keys, and is seen, read and touched`,
      { skip: hung.isRead ? false : whyNotLong },
      async () => {
        const page = await open(hung);
        const problems: string[] = [];
        const judge = judgeWith(page, hung, problems);
        await visitAll(page, judge).catch(async (error: unknown) => {
          const shown = await page.evaluate(() => document.querySelector("#mirror")!.textContent);
          problems.push(`${hung.name}: ${String(error)}; on the screen: ${shown}`);
        });
        assert.deepEqual(problems, []);
        await page.close();
      },
    );

  const record = async (page: Page, film: "turn_a" | "turn_b", judge?: (name: string) => Promise<void>) => {
    await page.waitForSelector(".live .main:enabled");
    await pressByKey(page, /^Record a turn/);
    await see(page, "Face the mirror");
    await judge?.("countdown");
    await page.evaluate((name) => window.world.film(name), film);
    await skip(page, 3000);
    await see(page, "Turn once around");
    await judge?.("recording");
    await page.waitForFunction(() => window.world.isTurned());
    await skip(page, 8000);
    await page.waitForSelector(".shelf li");
  };

  const visitAll = async (page: Page, judge: (name: string, isHeading?: boolean) => Promise<void>) => {
    await see(page, "See yourself");
    await judge("idle", false);
    await page.evaluate(() => window.world.film("turn_a"));
    await see(page, "Hello.");
    await judge("hello");
    await pressByKey(page, /^Begin$/);
    await see(page, "Record a turn");
    await pressByKey(page, /^Time for a turn: 8 s$/);
    await see(page, "Time for a turn: 16 s");
    await judge("mirror", false);
    for (const seconds of [16, 24]) await pressByKey(page, new RegExp(`^Time for a turn: ${seconds} s$`));
    await see(page, "Time for a turn: 8 s");

    await pressByKey(page, /^Scan/);
    await see(page, "Number on the label");
    await judge("scan");
    await tabTo(page, /^Number on the label/);
    // As a hand types: what comes faster is taken for a scanner's.
    await page.keyboard.type("4006381333931", { delay: 60 });
    await page.keyboard.press("Enter");
    await see(page, "Xenia wool coat");
    await pressByKey(page, /^.*: M$/, "Space");
    await see(page, "Somebody is bringing it.");
    await judge("article", false);
    await page.keyboard.press("Escape");

    await record(page, "turn_a", judge);
    await pressByKey(page, /^Mirror$/);
    await record(page, "turn_b");
    await judge("looks");
    await pressByKey(page, /^Play: Look 1$/);
    await page.waitForSelector("video.replay");
    await judge("replay");
    await page.keyboard.press("Escape");
    await pressByKey(page, /^Look 2/, "Space");
    await pressByKey(page, /^Compare$/);
    await page.waitForSelector(".scrubber input:enabled");
    await pressByKey(page, /^Freeze$/);
    await tabTo(page, /^Turn both looks/, "back");
    await page.keyboard.press("ArrowRight");
    await judge("compare", false);
    await page.keyboard.press("Escape");
    await pressByKey(page, /^Take home$/);
    await page.waitForSelector(".qr");
    await judge("handover");
    await page.keyboard.press("Escape");

    await pressByKey(page, /^Mirror$/);
    await see(page, "Record a turn");
    await stillThere(page, judge);
    await notices(page, judge);
    await pair(page, judge);
    await pressByKey(page, /^Start over$/);
    await see(page, "Goodbye.");
    await judge("goodbye");
  };

  /** The dialog is the one place that holds the focus, and both its buttons and Escape answer it. */
  const stillThere = async (page: Page, judge: (name: string, isHeading?: boolean) => Promise<void>) => {
    await tabTo(page, /^Scan/);
    await skip(page, 60_000);
    await page.waitForSelector("dialog[open]");
    assert.equal((await focused(page)).name, "More time");
    await judge("still", false);
    for (const key of ["Tab", "Tab", "Tab"] as const) {
      await page.keyboard.press(key);
      assert.ok(await page.$("dialog[open]"), "moving on in the dialog is no answer");
      const isInside = await page.evaluate(
        () => document.activeElement === document.body || document.activeElement!.closest("dialog") !== null,
      );
      assert.ok(isInside, "the focus stays in the dialog");
    }
    await page.keyboard.press("Escape");
    await page.waitForSelector("dialog", { hidden: true });
    assert.match((await focused(page)).name, /^Scan/, "and goes back to where it was");
  };

  const notices = async (page: Page, judge: (name: string, isHeading?: boolean) => Promise<void>) => {
    for (const [error, words] of [
      ["NotAllowedError", "may not use its camera"],
      ["NotReadableError", "Another program"],
    ] as const) {
      await page.evaluate((name) => window.world.failCamera(name), error);
      await see(page, words);
      await judge(`camera-${error}`, false);
    }
    await page.evaluate(() => window.world.failCamera(""));
    await page.waitForSelector("#mirror .camera-light");
  };

  const pair = async (page: Page, judge: (name: string) => Promise<void>) => {
    await pressByKey(page, /^Pair/);
    await page.waitForSelector(".qr");
    await judge("pair");
    await page.evaluate(() => (window.world.server.isPaired = true));
    await see(page, "Phone paired");
    await page.evaluate(() => window.world.leave());
    await see(page, "waiting");
    await judge("locked");
  };

  it("moves all of itself into reach by a button that is within reach", async () => {
    for (const hung of GLASSES) {
      const page = await open(hung);
      const { top, foot } = reachOf(parseGlass(hung.glass)!, hung);
      const button = await page.waitForSelector("aria/Into reach");
      const box = (await button!.boundingBox())!;
      assert.ok(box.y >= top && box.y + box.height <= hung.height - foot, "the button itself");
      await button!.click();
      assert.ok(await page.$(".mirror.low"));
      await page.close();
    }
  });

  it("set-up, the page of last resort, and German", async () => {
    const [hung] = GLASSES;
    const problems: string[] = [];
    const page = await browser.newPage();
    await page.setViewport({ width: hung.width, height: hung.height });
    await page.evaluateOnNewDocument(() => sessionStorage.setItem("unenrolled", "yes"));
    await openMirror(page, served.url, hung.glass);
    await see(page, "Set this mirror up");
    await judgeWith(page, hung, problems)("set-up");
    await pressByKey(page, /^Deutsch$/);
    await see(page, "Diesen Spiegel einrichten");
    await page.waitForSelector("html[lang=de]");
    await judgeWith(page, hung, problems)("set-up-de", false);
    await page.goto(served.url + SAFE_PAGE_PATH);
    problems.push(...(await violationsOf(page)));
    assert.deepEqual(problems, []);
    await page.close();
  });

  it("reads itself aloud to who asks for it, until she is gone", async () => {
    const page = await open(GLASSES[0]);
    await see(page, "See yourself");
    assert.equal(await page.$("aria/Read aloud"), null, "not offered without a voice");
    await page.evaluate(() => window.world.setVoices(["en-GB", "de-DE"]));
    await pressByKey(page, /^Read aloud$/);
    await hears(page, "en: See yourself from every side");
    await page.evaluate(() => window.world.film("turn_a"));
    await hears(page, "en: Hello.");
    await tabTo(page, /^Begin$/);
    await hears(page, "en: Begin");
    await page.keyboard.press("Enter");
    await hears(page, "en: Mirror");
    // A camera that starts records nothing yet.
    await page.waitForSelector("aria/Record a turn");
    await page.waitForFunction(() =>
      [...document.querySelectorAll("button")].some(
        (button) => button.textContent.startsWith("Record a turn") && !button.disabled,
      ),
    );
    await pressByKey(page, /^Record a turn/);
    for (const words of ["Face the mirror", "3", "2", "1", "Turn once around"])
      await hears(page, `en: ${words}`);
    await page.keyboard.press("Escape");
    await pressByKey(page, /^Deutsch$/);
    await hears(page, "de: Spiegel");
    await skip(page, 60_000);
    await hears(page, "de: Noch da?");
    await pressByKey(page, /^Ich bin fertig$/);
    await hears(page, "de: Auf Wiedersehen.");
    await see(page, "See yourself");
    await page.waitForSelector("aria/Read aloud");
    assert.deepEqual(await page.evaluate(() => window.world.said), [], "the next shopper begins in silence");
    await page.close();
  });

  it("speaks by itself to who plugs a headset in, and stops when it is pulled out", async () => {
    const page = await open(GLASSES[0]);
    await page.evaluate(() => {
      window.world.setVoices(["en-GB"]);
      window.world.plugHeadset(true);
    });
    await hears(page, "en: See yourself from every side");
    await page.evaluate(() => window.world.plugHeadset(false));
    await page.waitForFunction(() => !document.querySelector(".corner [aria-pressed=true]"));
    await page.close();
  });

  it("closes when she says in the dialog that she is done, with a finger", async () => {
    const page = await open(GLASSES[0]);
    await page.evaluate(() => window.world.film("turn_a"));
    await see(page, "Hello.");
    await pressByKey(page, /^Begin$/);
    await see(page, "Record a turn");
    await skip(page, 60_000);
    const done = await page.waitForSelector("dialog[open] .button:not(.main)");
    await done!.click();
    await see(page, "Goodbye.");
    await page.close();
  });

  it("moves nothing for who asked for less motion", async () => {
    const page = await browser.newPage();
    await page.emulateMediaFeatures([{ name: "prefers-reduced-motion", value: "reduce" }]);
    await openMirror(page, served.url);
    await see(page, "See yourself");
    assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
    await page.close();
  });
});

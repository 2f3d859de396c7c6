import type { Page } from "puppeteer-core";

/** What every screen has to keep on a glass of known size. */
export interface Bounds {
  /** Pixels of a millimetre. */
  mm: number;
  /** No control may lie above this, in pixels from the upper edge; 0 where the interface was not lowered. */
  top: number;
}

/** What is wrong with the controls of the screen that is shown: too small, cut off, out of reach, one over the other. */
export async function judgeControls(page: Page, bounds: Bounds): Promise<string[]> {
  return page.evaluate(({ mm, top }) => {
    const root = document.querySelector("dialog[open]") ?? document;
    const problems: string[] = [];
    const seen: { name: string; box: DOMRect }[] = [];
    for (const control of root.querySelectorAll<HTMLElement>("button, input, a[href]")) {
      const whole = control.getBoundingClientRect();
      if (whole.width === 0) continue;
      const name = control.getAttribute("aria-label") ?? (control.textContent || control.outerHTML);
      if (Math.min(whole.width, whole.height) < 20 * mm - 0.5)
        problems.push(`${name}: ${Math.round(Math.min(whole.width, whole.height) / mm)} mm small`);
      if (control.scrollWidth > control.clientWidth + 1) problems.push(`${name}: its words are cut off`);
      const isBar = control.closest(".panel > .actions") !== null;
      // What is scrolled out of sight, or lies behind the bar of a screen that scrolls, is no target now.
      const frame = control.closest(".panel, dialog")?.getBoundingClientRect();
      const bar = control.closest(".panel")?.querySelector(":scope > .actions")?.getBoundingClientRect();
      const floor = Math.min(frame?.bottom ?? innerHeight, isBar ? Infinity : (bar?.top ?? Infinity));
      const box = new DOMRect(whole.x, Math.max(whole.top, frame?.top ?? 0), whole.width);
      box.height = Math.min(whole.bottom, floor) - box.top;
      if (box.height <= 0) continue;
      if (box.left < 0 || box.right > innerWidth || box.bottom > innerHeight || box.top < top - 0.5)
        problems.push(`${name}: at ${[box.left, box.top, box.right, box.bottom].map(Math.round).join(" ")}`);
      if (!control.matches(".pane")) seen.push({ name, box });
    }
    for (const [at, { name, box }] of seen.entries())
      for (const other of seen.slice(at + 1)) {
        const wide = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
        const high = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
        if (wide > 1 && high > 1) problems.push(`${name} and ${other.name} lie over each other`);
      }
    for (const scrolled of root.querySelectorAll("*")) {
      const { overflowX, overflowY, scrollbarWidth } = getComputedStyle(scrolled);
      const isScrolled = /auto|scroll/.test(overflowX + overflowY);
      if (isScrolled && scrollbarWidth !== "thin") problems.push(`.${scrolled.className}: a wide scrollbar`);
    }
    const bar = document.querySelector(".panel > .actions")?.getBoundingClientRect();
    if (bar && (bar.bottom > innerHeight || bar.top < top))
      problems.push("the screen's own buttons are cut off");
    return problems;
  }, bounds);
}

/** The least contrast of the screen's text with the pixels behind it, over a black and a white picture. */
export async function leastContrast(page: Page, reader: Page): Promise<{ ratio: number; text: string }> {
  let least = { ratio: Infinity, text: "" };
  for (const picture of ["#fff", "#000"]) {
    const texts = await page.evaluate(hideText, picture);
    const shot = texts.length > 0 && (await shootAround(page, texts));
    await page.evaluate(() => {
      document.adoptedStyleSheets = [];
    });
    if (!shot) continue;
    const found = await reader.evaluate(measure, shot.png, shot.texts);
    if (found.ratio < least.ratio) least = found;
  }
  return least;
}

/** A text's place, and its colour. */
interface Text {
  text: string;
  colour: number[];
  box: { x: number; y: number; width: number; height: number };
}

/** A picture of the part of the glass where texts are, and their places in it: a picture of all of it takes twice as long. */
async function shootAround(page: Page, texts: Text[]): Promise<{ png: string; texts: Text[] }> {
  const top = Math.floor(Math.min(...texts.map(({ box }) => box.y)));
  const bottom = Math.ceil(Math.max(...texts.map(({ box }) => box.y + box.height)));
  const { width } = page.viewport()!;
  const png = await page.screenshot({
    encoding: "base64",
    optimizeForSpeed: true,
    captureBeyondViewport: false,
    clip: { x: 0, y: top, width, height: bottom - top },
  });
  return { png, texts: texts.map((text) => ({ ...text, box: { ...text.box, y: text.box.y - top } })) };
}

/** Puts a plain picture behind the screen and takes its text away, so that only what is behind the text is left. */
function hideText(picture: string): Text[] {
  const root = document.querySelector("dialog[open]") ?? document.querySelector("#mirror")!;
  const texts: Text[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement!;
    const text = node.textContent!.trim();
    if (!text || parent.closest(".unseen, :disabled, option") || !parent.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const frame = parent.closest(".panel, dialog")?.getBoundingClientRect();
    const bar = parent.closest(".actions")
      ? undefined
      : parent.closest(".panel")?.querySelector(":scope > .actions");
    const floor = Math.min(frame?.bottom ?? innerHeight, bar?.getBoundingClientRect().top ?? innerHeight);
    for (const { x, y, width, height } of range.getClientRects())
      if (y >= (frame?.top ?? 0) && y + height <= floor && width > 0)
        texts.push({
          text,
          colour: getComputedStyle(parent)
            .color.match(/[\d.]+/g)!
            .slice(0, 3)
            .map(Number),
          box: { x, y, width, height },
        });
  }
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    `* { color: transparent !important; caret-color: transparent !important; text-shadow: none !important; animation: none !important }
     .glass { background: ${picture} } .picture { opacity: 0 }`,
  );
  document.adoptedStyleSheets = [sheet];
  return texts;
}

async function measure(png: string, texts: Text[]): Promise<{ ratio: number; text: string }> {
  const bytes = Uint8Array.from(atob(png), (char) => char.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const brush = canvas.getContext("2d", { willReadFrequently: true })!;
  brush.drawImage(bitmap, 0, 0);
  const light = (rgb: ArrayLike<number>): number => {
    const [red, green, blue] = [0, 1, 2].map((at) => {
      const share = rgb[at]! / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  };
  let least = { ratio: Infinity, text: "" };
  for (const { text, colour, box } of texts) {
    const { data } = brush.getImageData(box.x, box.y, Math.max(1, box.width), Math.max(1, box.height));
    for (let at = 0; at < data.length; at += 4 * 7) {
      const [a, b] = [light(colour), light(data.subarray(at, at + 3))];
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      if (ratio < least.ratio) least = { ratio: Math.round(ratio * 100) / 100, text };
    }
  }
  return least;
}

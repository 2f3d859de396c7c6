import type { Page } from "puppeteer-core";

/** The panel's element; its shadow root is closed, unless {@link seeInside} opened it for a test. */
export const HOST = "vitrine-inspector";

/** Lets tests look into the panel from the next navigation on: a page cannot. */
export async function seeInside(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(() => {
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (init) {
      return attach.call(this, { ...init, mode: "open" });
    };
  });
}

/** Presses Alt+Shift+V. */
export async function pressKey(page: Page): Promise<void> {
  await page.keyboard.down("Alt");
  await page.keyboard.down("Shift");
  await page.keyboard.press("KeyV");
  await page.keyboard.up("Shift");
  await page.keyboard.up("Alt");
}

/** Presses it and waits for the panel. */
export async function openPanel(page: Page): Promise<void> {
  await pressKey(page);
  await page.waitForSelector(HOST);
}

/** Chooses a view by its tab. */
export async function choose(page: Page, tab: string): Promise<void> {
  await page.evaluate(
    (host, id) => document.querySelector(host)!.shadowRoot!.querySelector<HTMLElement>(`#tab-${id}`)!.click(),
    HOST,
    tab,
  );
  await page.waitForFunction(
    (host, id) =>
      document.querySelector(host)!.shadowRoot!.querySelector("#view")!.getAttribute("aria-labelledby") ===
      `tab-${id}`,
    {},
    HOST,
    tab,
  );
}

/** Waits until the first element of that selector in the panel with all these texts is there, and gives its text. */
export async function see(page: Page, selector: string, ...texts: string[]): Promise<string> {
  const found = await page.waitForFunction(
    (host, within, wanted) =>
      [...(document.querySelector(host)?.shadowRoot?.querySelectorAll(within) ?? [])]
        .map(({ textContent }) => textContent ?? "")
        .find((text) => wanted.every((one) => text.includes(one))),
    {},
    HOST,
    selector,
    texts,
  );
  return (await found.jsonValue())!;
}

import type { ElementHandle, Page } from "puppeteer-core";

/** Finds the control of a label or an accessible name, as soon as it is there; `index` of several. */
async function control<T extends Element>(page: Page, label: string, index = 0): Promise<ElementHandle<T>> {
  const found = await page.waitForFunction(
    (wanted, place) => {
      const named = [...document.querySelectorAll(`[aria-label="${CSS.escape(wanted)}"]`)];
      const labelled = [...document.querySelectorAll("label")].flatMap((one) => {
        const words = one.firstChild?.textContent?.trim() ?? "";
        return words === wanted && one.control ? [one.control] : [];
      });
      const inDialog = [...labelled, ...named].filter((one) => one.closest("dialog"));
      return (inDialog.length > 0 ? inDialog : [...labelled, ...named])[place];
    },
    {},
    label,
    index,
  );
  return found.asElement() as ElementHandle<T>;
}

/** Chooses by the value of an option, as a shopper's or merchant's hand does. */
export async function choose(page: Page, label: string, value: string, index = 0): Promise<void> {
  const select = await control<HTMLSelectElement>(page, label, index);
  await select.select(value);
}

/** Types a text in place of what stands in a field. */
export async function fill(page: Page, label: string, text: string): Promise<void> {
  const input = await control<HTMLInputElement>(page, label);
  await input.evaluate((element) => {
    element.focus();
    element.select();
  });
  await page.keyboard.press("Backspace");
  await page.keyboard.type(text);
}

/** Pastes JSON into the console's editor: a text, or what `change` makes of what stands there. */
export async function editJson(
  page: Page,
  change: string | ((value: Record<string, unknown>) => unknown),
): Promise<void> {
  const area = (await page.waitForSelector("#rules-json"))!;
  const old = await area.evaluate((element) => (element as HTMLTextAreaElement).value);
  const next =
    typeof change === "string"
      ? change
      : JSON.stringify(change(JSON.parse(old) as Record<string, unknown>), null, 2);
  await area.evaluate((element, text) => {
    (element as HTMLTextAreaElement).value = text;
    element.dispatchEvent(new Event("input", { bubbles: true }));
  }, next);
}

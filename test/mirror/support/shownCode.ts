import type { Page } from "playwright-core";

/** Goes to the mirror's code as a shopper does. @returns what stands in it, as the mirror was told by its server */
export async function shownCode(page: Page): Promise<string> {
  const answers = page.waitForResponse(
    async (response) => response.url().endsWith("/shell/call") && (await response.text()).includes('"url"'),
  );
  await page.getByRole("button", { name: "Pair your phone" }).click();
  const { result } = (await (await answers).json()) as { result: { body: { url: string } } };
  return new URL(result.body.url).hash.slice(1);
}

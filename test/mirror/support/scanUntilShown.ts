import type { Page } from "playwright-core";
import { until } from "./running.ts";
import type { XInput } from "./xInput.ts";

/**
 * Scans until the page shows a text, as anybody does who is not heard: a window that was only just opened may not have the
 * keyboard yet, and nothing that a browser tells says when it has.
 */
export function scanUntilShown(scanner: XInput, code: string, page: Page, text: string): Promise<true> {
  const shown = page.getByText(text).first();
  return until(`${text} after a scan`, async () => {
    await scanner.scan(code);
    return shown.waitFor({ timeout: 10_000 }).then(
      () => true as const,
      () => undefined,
    );
  });
}

import type { Page } from "puppeteer-core";

/** What a page let out that its shop would notice. */
export interface PageNoise {
  /** Errors that nobody caught. */
  errors: string[];
  /** Lines on the console; the browser's own about failed requests are left out. */
  lines: string[];
}

/** Listens to a page; before its first request, so that nothing is missed. */
export function watchPage(page: Page): PageNoise {
  const noise: PageNoise = { errors: [], lines: [] };
  page.on("pageerror", (error) => noise.errors.push(String(error)));
  page.on("console", (message) => {
    const line = message.text();
    if (!/^(Failed to load resource|Access to fetch at)/.test(line)) noise.lines.push(line);
  });
  return noise;
}

/** The errors as broken promises. */
export function uncaught(noises: PageNoise[]): string[] {
  return noises.flatMap(({ errors }) => errors.map((error) => `uncaught in the page: ${error}`));
}

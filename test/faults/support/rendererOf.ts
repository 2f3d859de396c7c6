import { readFile } from "node:fs/promises";
import type { Page } from "puppeteer-core";

/** Clock ticks that a process has used in user mode: field 14 of proc_pid_stat(5), past the name in brackets. */
async function ticksOf(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return Number(text.slice(text.lastIndexOf(")")).split(" ")[12] ?? 0);
}

/** Finds the process that runs a page: the one that works when the page is told to. Linux only. */
export async function rendererOf(page: Page): Promise<number> {
  const session = await page.browser().target().createCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const pids = processInfo.flatMap(({ type, id }) => (type === "renderer" ? [id] : []));
  const before = await Promise.all(pids.map(ticksOf));
  await page.evaluate(() => {
    const start = performance.now();
    while (performance.now() - start < 400);
  });
  const after = await Promise.all(pids.map(ticksOf));
  const used = pids.map((_, at) => after[at]! - before[at]!);
  return pids[used.indexOf(Math.max(...used))]!;
}

import { Presets, SingleBar } from "cli-progress";

/** Shows how far something is. */
export interface Progress {
  update(done: number, extra?: string): void;
  stop(): void;
}

/** A bar where a terminal looks on; else a plain line at each tenth, for log files. */
export function showProgress(name: string, total: number): Progress {
  return process.stderr.isTTY ? drawBar(name, total) : printTenths(name, total);
}

function drawBar(name: string, total: number): Progress {
  const format = `${name.padEnd(16)} {bar} {percentage} % | {value}/{total} | {eta_formatted} left | {extra}`;
  const bar = new SingleBar({ format, stream: process.stderr, hideCursor: true }, Presets.shades_classic);
  bar.start(total, 0, { extra: "" });
  return { update: (done, extra = "") => bar.update(done, { extra }), stop: () => bar.stop() };
}

function printTenths(name: string, total: number): Progress {
  let tenth = 0;
  return {
    update(done) {
      const now = Math.floor((done * 10) / total);
      if (now > tenth) process.stderr.write(`${name}: ${now * 10} %\n`);
      tenth = Math.max(tenth, now);
    },
    stop: () => undefined,
  };
}

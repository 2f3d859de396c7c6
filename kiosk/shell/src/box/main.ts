// The mirror in Chromium, for boxes without Electron: `node kiosk/shell/dist/box/main.js --help`.
import { spawn } from "node:child_process";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { notifySystemd } from "../shared/notifySystemd.ts";
import { HELP, readOptions } from "../shared/readOptions.ts";
import { findChromium } from "./findChromium.ts";
import { startBox } from "./startBox.ts";

const log = (line: string) => void process.stderr.write(`${line}\n`);
const args = process.argv.slice(2);

async function run(): Promise<void> {
  const supervisor = notifySystemd(process.env, log);
  const box = await startBox({
    ...readOptions(args, {
      page: fileURLToPath(new URL("../../../dist/page", import.meta.url)),
      pageWithoutCamera: fileURLToPath(new URL("../../../dist/page-without-camera", import.meta.url)),
      data: join(homedir(), ".config", "vitrine-mirror"),
    }),
    chromium: findChromium(process.env),
    env: process.env,
    supervisor,
    log,
    restart: () => void stop().then(startAnew),
  });
  let stopping: Promise<void> | undefined;
  const stop = () => (stopping ??= box.close());
  const startAnew = () => {
    // A supervisor starts us anew itself.
    if (supervisor.intervalMs === undefined)
      spawn(process.execPath, process.argv.slice(1), { detached: true, stdio: "inherit" }).unref();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => void stop().then(() => process.exit(0)));
}

if (args.includes("--help")) process.stdout.write(`${HELP}\n`);
else
  await run().catch((error: Error) => {
    log(error.message);
    process.exitCode = 2;
  });

// Electron's main process: reads the command line, closes what must be closed, shows the mirror.
import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { app } from "electron";
import { HELP, readOptions, type ShellOptions } from "../shared/readOptions.ts";
import { prepareApp, removeLeftovers } from "./prepareApp.ts";
import { findForbiddenSwitch } from "./refuseSwitches.ts";
import { showMirror } from "./showMirror.ts";

/** Wrong use of the command line, as most programs say it. */
const EXIT_USAGE = 2;

function readCommandLine(args: readonly string[]): ShellOptions {
  const forbidden = app.isPackaged ? findForbiddenSwitch(args) : undefined;
  if (forbidden !== undefined) throw new Error(`An installed mirror does not start with ${forbidden}.`);
  return readOptions(args, {
    page: fileURLToPath(new URL("../../../dist/page", import.meta.url)),
    pageWithoutCamera: fileURLToPath(new URL("../../../dist/page-without-camera", import.meta.url)),
    data: join(homedir(), ".config", "vitrine-mirror"),
  });
}

function start(args: readonly string[]): void {
  if (args.includes("--help")) {
    process.stdout.write(`${HELP}\n`);
    return app.exit(0);
  }
  const options = readCommandLine(args);
  mkdirSync(join(options.data, "chromium"), { recursive: true, mode: 0o700 });
  prepareApp(options);
  if (!app.requestSingleInstanceLock()) throw new Error(`A mirror already runs on ${options.data}.`);
  removeLeftovers(options);
  app
    .whenReady()
    .then(() => showMirror(options))
    .catch(giveUp);
}

function giveUp(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  app.exit(EXIT_USAGE);
}

try {
  start(process.argv.slice(1));
} catch (error) {
  giveUp(error);
}

// `npm run kiosk`: the memory mirror, with a server and a shop of its own unless one is named.
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { findBrowser } from "../scripts/findBrowser.ts";
import { findElectron } from "../scripts/findElectron.ts";
import { startDemo, type Demo } from "./demo.ts";
import { enrolmentCode } from "./enrolmentCode.ts";

const HELP = `npm run kiosk -- [options]
  --windowed           in a window instead of the whole screen
  --fake-camera FILE   a .y4m or .mjpeg file instead of the camera
  --server URL         a server that runs already; with --code C from its console this kiosk enrols itself
  --port 8080          of the demo's own server
  --data data/demo     where the demo keeps its data
  --without-camera     the kiosk for cubicles, which has no camera in it
  --page FOLDER        another page than the mirror's
  --chromium           in Chromium, also where there is an Electron
  --chromium-flag=FLAG another flag for Chromium; may be repeated
Runs in Electron where its program is installed, else in Chromium.`;

const { values } = parseArgs({
  options: {
    windowed: { type: "boolean", default: false },
    "fake-camera": { type: "string" },
    server: { type: "string" },
    code: { type: "string" },
    port: { type: "string", default: process.env["PORT"] ?? "8080" },
    data: { type: "string", default: process.env["VITRINE_DATA"] ?? "data/demo" },
    "without-camera": { type: "boolean", default: false },
    page: { type: "string" },
    chromium: { type: "boolean", default: false },
    "chromium-flag": { type: "string", multiple: true },
    help: { type: "boolean", short: "h", default: false },
  },
});

/** Where the mirror's server is, and how it becomes that server's kiosk. */
interface Server {
  args: string[];
  demo: Demo | undefined;
}

async function findServer(): Promise<Server> {
  const { server, code, port, data } = values;
  if (server !== undefined)
    return { args: code === undefined ? [] : ["--server", server, "--code", code], demo: undefined };
  const demo = await startDemo({ port: Number(port), dataDir: data, worker: true, feeds: true });
  const args = ["--server", demo.vitrineUrl, "--code", await enrolmentCode(demo)];
  return { args, demo };
}

function mirrorArguments({ args }: Server): string[] {
  const named = ["page", "fake-camera"] as const;
  return [
    // Beside the server's data: who deletes one deletes the other, and no kiosk is left with a key to nothing.
    "--data",
    join(values.data, "kiosk"),
    ...args,
    ...(values.windowed ? ["--windowed"] : []),
    ...(values["without-camera"] ? ["--without-camera"] : []),
    ...named.flatMap((name) => (values[name] === undefined ? [] : [`--${name}`, values[name]])),
    ...(values["chromium-flag"] ?? []).map((flag) => `--chromium-flag=${flag}`),
  ];
}

/** Without a default app beside it, an Electron takes no folder as its app. */
const canTakeFolder = (electron: string) => existsSync(join(electron, "..", "resources", "default_app.asar"));

function startMirror(args: string[]): ChildProcess {
  // Browsers refuse to run as root with their sandbox; a demo in a container has no other user.
  const isRoot = process.getuid?.() === 0;
  const electron = values.chromium ? undefined : findElectron();
  if (electron !== undefined && canTakeFolder(electron))
    return spawn(electron, [...(isRoot ? ["--no-sandbox"] : []), "kiosk", ...args], { stdio: "inherit" });
  const flags = isRoot ? ["--chromium-flag=--no-sandbox"] : [];
  const env = { ...process.env, CHROME_PATH: findBrowser() };
  return spawn(process.execPath, ["kiosk/shell/dist/box/main.js", ...args, ...flags], {
    stdio: "inherit",
    env,
  });
}

async function run(): Promise<void> {
  const server = await findServer();
  if (server.demo)
    console.log(`
  Shop      ${server.demo.shopUrl}/
  Console   ${server.demo.vitrine.consoleLink()}
            (this link works once; start again for another)

  The mirror opens now. Stop: Ctrl-C
`);
  const mirror = startMirror(mirrorArguments(server));
  const stop = () => mirror.kill("SIGTERM");
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  mirror.once("exit", (code) => {
    process.exitCode = code ?? 0;
    void server.demo?.close().then(() => process.exit());
  });
}

if (values.help) console.log(HELP);
else
  await run().catch((error: NodeJS.ErrnoException) => {
    const isBusy = error.code === "EADDRINUSE";
    console.error(isBusy ? `Port ${values.port} is taken. Choose another: --port 8081` : error.message);
    process.exit(1);
  });

// The mirror as it is installed: packed, its fuses set, looked at while it runs.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { createPackage } from "@electron/asar";
import { flipFuses, FuseState, FuseV1Options, FuseVersion, getCurrentFuseWire } from "@electron/fuses";
import { findElectronForTests } from "../../scripts/findElectron.ts";
import { runElectron, whyNoElectron } from "./support/electron.ts";
import { installElectron } from "./support/installElectron.ts";
import { pageFolder } from "./support/pageFolder.ts";

const KIOSK = fileURLToPath(new URL("../../kiosk", import.meta.url));

test(
  "a running window has the preferences, the policy and the interface it should",
  { skip: whyNoElectron() },
  async (t) => {
    const { app, page: ready } = await runElectron(t, { page: pageFolder(t) });
    const page = await ready();
    const main = await app.evaluate(({ BrowserWindow, Menu }) => {
      const [window] = BrowserWindow.getAllWindows();
      const { webContents } = window!;
      webContents.openDevTools();
      return {
        windows: BrowserWindow.getAllWindows().length,
        isKiosk: window!.isKiosk(),
        menu: Menu.getApplicationMenu(),
        devTools: webContents.isDevToolsOpened(),
        isPersistent: webContents.session.isPersistent(),
        zoom: webContents.getZoomFactor(),
      };
    });
    assert.deepEqual(main, {
      windows: 1,
      isKiosk: true,
      menu: null,
      devTools: false,
      isPersistent: false,
      zoom: 1,
    });
    const seen = await page.evaluate(async () => ({
      policy: (await fetch("/")).headers.get("Content-Security-Policy"),
      shell: Object.keys(globalThis.mirror.shell).toSorted(),
      // Own protocol alone: neither a sibling of the page's folder nor another host of the scheme.
      outside: await Promise.all(
        ["/../package.json", "mirror://other/", "file:///etc/hostname"].map((url) =>
          fetch(url).then(
            ({ status }) => status,
            () => "refused",
          ),
        ),
      ),
    }));
    assert.match(
      seen.policy!,
      /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:;/,
    );
    assert.deepEqual(seen.shell, ["beat", "call", "enrol", "identity", "kind", "onCommand", "track", "wipe"]);
    assert.deepEqual(seen.outside, [404, "refused", "refused"]);
  },
);

/** The fuses of the builder's configuration, by the numbers of the wire. */
function configuredFuses(): Partial<Record<FuseV1Options, boolean>> {
  const { electronFuses } = JSON.parse(readFileSync(join(KIOSK, "electron-builder.json"), "utf8")) as {
    electronFuses: Record<string, boolean>;
  };
  return Object.fromEntries(
    Object.entries(electronFuses).map(([name, value]) => {
      const key = (name[0]!.toUpperCase() + name.slice(1)) as keyof typeof FuseV1Options;
      return [FuseV1Options[key], value];
    }),
  );
}

test(
  "packed and with its fuses set it is no Node, and starts with no debugger",
  { skip: whyNoElectron() },
  async (t) => {
    const program = installElectron(t, "vitrine-mirror");
    // A copy: fuses are written into the program.
    rmSync(program);
    copyFileSync(findElectronForTests()!, program);
    const home = dirname(program);
    const staged = join(home, "staged");
    mkdirSync(join(staged, "shell/dist"), { recursive: true });
    cpSync(join(KIOSK, "shell/dist/bundle"), join(staged, "shell/dist/bundle"), { recursive: true });
    copyFileSync(join(KIOSK, "package.json"), join(staged, "package.json"));
    rmSync(join(home, "resources/app"));
    await createPackage(staged, join(home, "resources/app.asar"));

    const start = (args: string[], env = {}) =>
      spawnSync(program, args, { encoding: "utf8", env: { ...process.env, ...env }, timeout: 60_000 });
    const asNode = () => start(["-e", "console.log('I am Node')"], { ELECTRON_RUN_AS_NODE: "1" }).stdout;
    assert.match(asNode(), /I am Node/, "control: before its fuses are set, it is");

    const wire = await getCurrentFuseWire(program);
    // An older Electron has a shorter wire.
    const fuses = Object.entries(configuredFuses()).filter(([fuse]) => fuse in wire);
    assert.ok(fuses.length >= 7, "fewer fuses than any Electron has");
    await flipFuses(program, { version: FuseVersion.V1, ...Object.fromEntries(fuses) });
    const set = await getCurrentFuseWire(program);
    for (const [fuse, isOn] of fuses)
      assert.equal(set[fuse as unknown as FuseV1Options], isOn ? FuseState.ENABLE : FuseState.DISABLE, fuse);
    assert.doesNotMatch(asNode(), /I am Node/);

    for (const argument of ["--no-sandbox", "--remote-debugging-port=0"]) {
      const { status, stderr } = start([...new Set(["--no-sandbox", argument])].reverse());
      assert.equal(status, 2, stderr);
      assert.ok(stderr.includes(`An installed mirror does not start with ${argument}.`), stderr);
    }
  },
);

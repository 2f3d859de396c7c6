// `npm run kiosk`: a server, and a mirror that enrols itself with it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { chromium } from "playwright-core";
import { findBrowser } from "../../scripts/findBrowser.ts";
import { CHROMIUM_FLAGS } from "../support/chromium.ts";
import { findDisplayServer, openDisplay } from "../support/display.ts";
import { freePort, whyNoBox } from "./support/box.ts";
import { pageFolder } from "./support/pageFolder.ts";
import { isReady, until } from "./support/running.ts";

test(
  "one command starts server and mirror, and the mirror is that server's kiosk",
  { skip: whyNoBox() },
  async (t) => {
    const display = await openDisplay(findDisplayServer()!, "540x960");
    t.after(() => display.close());
    const folder = mkdtempSync(join(tmpdir(), "vitrine-command-"));
    t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
    const port = await freePort();
    const flags = [...CHROMIUM_FLAGS, `--remote-debugging-port=${port}`].map(
      (flag) => `--chromium-flag=${flag}`,
    );
    const command = spawn(
      process.execPath,
      ["examples/kiosk.ts", "--chromium", "--port", "0", "--data", folder, "--page", pageFolder(t), ...flags],
      {
        env: { ...process.env, DISPLAY: display.name, CHROME_PATH: findBrowser(), XDG_RUNTIME_DIR: folder },
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    let said = "";
    command.stdout.on("data", (part) => (said += String(part)));
    const stop = async () => {
      if (command.exitCode !== null || command.signalCode !== null) return;
      const ended = once(command, "exit");
      command.kill("SIGTERM");
      await ended;
    };
    t.after(stop);

    const page = await until("the mirror's page", async () => {
      const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`).catch(() => undefined);
      const found = browser?.contexts().flatMap((context) => context.pages())[0];
      if (found && (await isReady(found))) return found;
      return browser?.close().then(() => undefined);
    });
    const { identity, pairing } = await page.evaluate(async () => ({
      identity: await globalThis.mirror.shell.identity(),
      pairing: await globalThis.mirror.shell.call("POST", "/v1/kiosk/pairings", {}),
    }));
    assert.equal(identity?.name, "Demo mirror");
    assert.ok(said.includes(new URL(identity.shopUrl).origin), said);
    assert.equal(pairing.status, 201);
    await stop();
    assert.equal(command.exitCode, 0);
  },
);

// A scanner of other people's: what it knows to be wrong in Electron applications must not be in ours.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { fileURLToPath } from "node:url";

const fromRoot = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

interface Finding {
  issue: string;
  severity: string;
}

/** Lets Electronegativity read some scripts as one application. */
function scan(t: TestContext, scripts: Record<string, string>): Finding[] {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-scan-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const manifest = {
    name: "mirror",
    version: "1.0.0",
    main: "main.js",
    devDependencies: { electron: "45.4.1" },
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  for (const [name, code] of Object.entries(scripts)) writeFileSync(join(folder, name), code);
  const report = join(folder, "report.csv");
  const hook = fromRoot("test/kiosk/support/electronegativity.cjs");
  const program = fromRoot("node_modules/@doyensec/electronegativity/dist/index.js");
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ["--require", hook, program, "-i", folder, "-o", report],
    {
      encoding: "utf8",
    },
  );
  const [head, ...lines] = read(report, stdout + stderr)
    .trim()
    .split("\n");
  assert.match(head!, /^issue, severity/);
  return lines.map((line) => {
    const [issue, severity] = line.replaceAll('"', "").split(",");
    return { issue: issue!, severity: severity! };
  });
}

function read(report: string, said: string): string {
  try {
    return readFileSync(report, "utf8");
  } catch {
    throw new Error(`Electronegativity wrote no report. It said: ${said}`);
  }
}

test("the shell's bundles have no finding, but for a policy that it cannot see", (t) => {
  const findings = scan(t, {
    "main.js": readFileSync(fromRoot("kiosk/shell/dist/bundle/main.cjs"), "utf8"),
    "preload.js": readFileSync(fromRoot("kiosk/shell/dist/bundle/preload.cjs"), "utf8"),
  });
  // It looks for a policy in HTML; ours is a header, and test/mirror sees it at work.
  assert.deepEqual(findings, [{ issue: "CSP_GLOBAL_CHECK", severity: "MEDIUM" }]);
});

test("control: the same scanner finds what others do", (t) => {
  const findings = scan(t, {
    "main.js": `
      const { app, BrowserWindow, session } = require("electron");
      app.on("ready", () => {
        const window = new BrowserWindow({
          webPreferences: { nodeIntegration: true, contextIsolation: false, sandbox: false, webSecurity: false },
        });
        window.loadURL("http://example.com/");
      });
      app.on("certificate-error", (event, contents, url, error, certificate, callback) => {
        event.preventDefault();
        callback(true);
      });`,
  });
  const high = findings.filter(({ severity }) => severity === "HIGH");
  assert.ok(high.length >= 2, JSON.stringify(findings));
});

// Electron's security checklist, item by item, on our own sources. test/mirror/installed.test.ts looks at the running app.
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { isAllowedPermission } from "../../kiosk/shell/src/main/isAllowedPermission.ts";
import { isTrustedSender } from "../../kiosk/shell/src/main/isTrustedSender.ts";
import { isOwnUrl, PAGE_URL } from "../../kiosk/shell/src/main/origin.ts";
import { findForbiddenSwitch } from "../../kiosk/shell/src/main/refuseSwitches.ts";
import { windowOptions } from "../../kiosk/shell/src/main/windowOptions.ts";
import { contentPolicy } from "../../kiosk/shell/src/shared/contentPolicy.ts";
import { readEndpoint } from "../../kiosk/shell/src/shared/parseMessage.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const read = (path: string) => readFileSync(root + path, "utf8");
const sources = globSync("kiosk/shell/src/{main,preload,shared}/*.ts", { cwd: root });
const all = sources.map(read).join("\n");

const bounds = { x: 0, y: 0, width: 1080, height: 1920 };
const options = windowOptions({ isWindowed: false, bounds }, "shopper-1", "/preload.cjs");
const preferences = options.webPreferences!;
const builder = JSON.parse(read("kiosk/electron-builder.json")) as {
  electronVersion: string;
  electronFuses: Record<string, boolean>;
};

test("1. only secure content: our own scheme, and servers over HTTPS or on this machine", () => {
  assert.equal(PAGE_URL, "mirror://kiosk/");
  assert.throws(() => readEndpoint("http://vitrine.shop.example"), /https/);
  assert.equal(readEndpoint("https://vitrine.shop.example/console/"), "https://vitrine.shop.example");
});

test("2. no Node integration, in page, worker or frame", () => {
  assert.equal(preferences.nodeIntegration, false);
  assert.equal(preferences.nodeIntegrationInWorker, false);
  assert.equal(preferences.nodeIntegrationInSubFrames, false);
});

test("3. context isolation", () => assert.equal(preferences.contextIsolation, true));

test("4. every renderer in the sandbox, and no other way to start an installed one", () => {
  assert.equal(preferences.sandbox, true);
  assert.match(read("kiosk/shell/src/main/prepareApp.ts"), /app\.enableSandbox\(\)/);
  assert.equal(findForbiddenSwitch(["--windowed", "--no-sandbox"]), "--no-sandbox");
});

test("5. permissions: the camera's picture for our own page, by both handlers, and nothing else", () => {
  const ask = { hasCamera: true, permission: "media", url: PAGE_URL, isMainFrame: true, media: ["video"] };
  assert.ok(isAllowedPermission(ask));
  for (const [why, change] of [
    ["a kiosk without a camera", { hasCamera: false }],
    ["sound", { media: ["audio"] }],
    ["sound beside the picture", { media: ["video", "audio"] }],
    ["kind not told", { media: [undefined] }],
    ["no kind", { media: [] }],
    ["a foreign page", { url: "https://example.com/" }],
    ["a page that looks like ours", { url: "mirror://kiosk.example/" }],
    ["an embedded page", { isMainFrame: false }],
    ["the screen, as older Electrons call it", { permission: "display-capture" }],
    ["place", { permission: "geolocation" }],
    ["notifications", { permission: "notifications" }],
    ["opening other programs", { permission: "openExternal" }],
    ["pointer lock", { permission: "pointerLock" }],
    ["clipboard", { permission: "clipboard-read" }],
    ["what nobody has heard of", { permission: "unknown" }],
  ] as const)
    assert.ok(!isAllowedPermission({ ...ask, ...change }), why);
  const guard = read("kiosk/shell/src/main/guardSession.ts");
  assert.match(guard, /setPermissionRequestHandler/);
  assert.match(guard, /setPermissionCheckHandler/);
  assert.match(guard, /setDevicePermissionHandler\(\(\) => false\)/);
});

test("6. web security stays on", () => {
  assert.equal(preferences.webSecurity, true);
  assert.equal(findForbiddenSwitch(["--disable-web-security"]), "--disable-web-security");
});

test("7. a Content-Security-Policy that lets only our own scripts run", () => {
  const identity = { endpoint: "https://v.example", shopUrl: "https://shop.example/start" };
  const policy = contentPolicy({ identity, hasCamera: true });
  assert.equal(
    policy,
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; style-src 'self'; " +
      "img-src 'self' blob: data: https://v.example https://shop.example; media-src 'self' blob:; font-src 'self'; " +
      "connect-src 'self' blob: https://v.example; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
  );
  const unknown = { identity: undefined, hasCamera: true };
  assert.doesNotMatch(contentPolicy(unknown), /https?:|\*|unsafe-inline|'unsafe-eval'/);
  assert.equal(
    contentPolicy({ identity, hasCamera: false }),
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https://v.example https://shop.example; " +
      "font-src 'self'; connect-src 'self' https://v.example; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
    "nothing is loosened for a camera that is not there",
  );
});

test("8. no insecure content in a secure page", () =>
  assert.equal(preferences.allowRunningInsecureContent, false));

test("9. no experimental features", () => assert.equal(preferences.experimentalFeatures, false));

test("10. no Blink features switched on", () => {
  assert.equal(preferences.enableBlinkFeatures, undefined);
  assert.doesNotMatch(all, /enableBlinkFeatures|enable-blink-features/);
});

test("11. no webviews, so none with popups", () => {
  assert.equal(preferences.webviewTag, false);
  assert.doesNotMatch(all, /allowpopups/);
});

const guard = read("kiosk/shell/src/main/guardContents.ts");

test("12. a webview that is made all the same is refused", () =>
  assert.match(guard, /"will-attach-webview", \(event\) => event\.preventDefault\(\)/));

test("13. no navigation but to our own page", () => {
  assert.match(guard, /"will-navigate"/);
  assert.match(guard, /"will-redirect"/);
  for (const url of [
    "https://mirror/",
    "mirror://other/",
    "mirror:kiosk",
    "file:///",
    "mirror://kiosk:80@evil/",
  ])
    assert.ok(!isOwnUrl(url), url);
});

test("14. no new windows", () =>
  assert.match(guard, /setWindowOpenHandler\(\(\) => \(\{ action: "deny" \}\)\)/));

test("15. nothing is handed to other programs", () =>
  assert.doesNotMatch(all, /openExternal|openPath|shell\.open/));

test("16. the Electron that is shipped is the one we are compiled against", () => {
  const { devDependencies } = JSON.parse(read("package.json")) as { devDependencies: Record<string, string> };
  assert.equal(builder.electronVersion, devDependencies["electron"]);
});

test("17. the sender of every message is checked", () => {
  const own = { url: PAGE_URL, isMainFrame: true, isCurrent: true };
  assert.ok(isTrustedSender(own));
  for (const change of [
    { url: undefined },
    { url: "about:blank" },
    { isMainFrame: false },
    { isCurrent: false },
  ])
    assert.ok(!isTrustedSender({ ...own, ...change }));
  // One place listens, and it asks first.
  assert.deepEqual(
    sources.filter((path) => /ipcMain\.|\.ipc\./.test(read(path))),
    ["kiosk/shell/src/main/answerIpc.ts"],
  );
});

test("18. no page from file://", () => {
  assert.doesNotMatch(all, /loadFile|file:\/\//);
  assert.equal(builder.electronFuses["grantFileProtocolExtraPrivileges"], false);
});

test("19. fuses", () =>
  assert.deepEqual(builder.electronFuses, {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  }));

test("20. the page gets functions, not Electron", () => {
  const preload = read("kiosk/shell/src/preload/preload.ts");
  assert.equal(preload.match(/exposeInMainWorld/g)?.length, 1);
  assert.doesNotMatch(preload, /exposeInMainWorld\([^)]*(?:ipcRenderer|electron)/);
});

test("besides: no developer tools, no debugger, no dialogs, in memory only", () => {
  assert.equal(preferences.devTools, false);
  assert.equal(preferences.disableDialogs, true);
  assert.doesNotMatch(preferences.partition!, /^persist:/);
  assert.equal(options.kiosk, true);
  for (const name of ["remote-debugging-port=9222", "inspect", "inspect-brk=0", "js-flags=--x", "page"])
    assert.equal(findForbiddenSwitch([`--${name}`]), `--${name}`);
  assert.equal(findForbiddenSwitch(["--data", "/var/lib", "--windowed", "--pageant"]), undefined);
});

// Every bundle that a browser loads. Input is what `tsc -b` wrote, so no compiler stands in Rollup's way.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import terser from "@rollup/plugin-terser";

/** The SDK's three scripts are parts of one engine: what one calls `_name` the other must call the same. */
const nameCache = {};

/** `_name` is private to a bundle: nothing stored, sent or public may start with an underscore. */
const minify = (options) =>
  terser({
    // `module: true` on a script-tag bundle would drop its global.
    module: false,
    ecma: 2020,
    compress: {
      passes: 2,
      hoist_funs: true,
      lhs_constants: false,
      pure_getters: true,
      unsafe_arrows: true,
      unsafe_comps: true,
      unsafe_methods: true,
    },
    mangle: { properties: { regex: /^_/ } },
    format: { comments: false },
    ...options,
  });

/** Writes `first-paint.json` beside the reader: its text and the hash that a Content-Security-Policy allows it by. */
const inlineScript = () => ({
  name: "inline-script",
  generateBundle(_options, bundle) {
    const code = bundle["first-paint.js"].code.trim();
    const hash = "sha256-" + createHash("sha256").update(code).digest("base64");
    this.emitFile({ type: "asset", fileName: "first-paint.json", source: JSON.stringify({ code, hash }) });
  },
});

const sri = (code) => "sha256-" + createHash("sha256").update(code).digest("base64");

/** Writes the integrity of each script (SRI), so that a shop can pin what it loads. */
const integrity = () => ({
  name: "integrity",
  generateBundle(_options, bundle) {
    for (const [file, chunk] of Object.entries(bundle)) {
      if (chunk.type !== "chunk") continue;
      this.emitFile({ type: "asset", fileName: `${file}.integrity`, source: sri(chunk.code) + "\n" });
    }
  },
});

const copy = (from, fileName) => ({
  name: "copy",
  generateBundle() {
    this.emitFile({ type: "asset", fileName, source: readFileSync(from) });
  },
});

/** A style sheet with the files that it imports in their place: one request, and no order to get wrong. */
const styles = (from, fileName) => ({
  name: "styles",
  generateBundle() {
    const folder = dirname(from);
    const source = readFileSync(from, "utf8").replace(/^@import "(.+)";$/gm, (_, file) =>
      readFileSync(join(folder, file), "utf8"),
    );
    this.emitFile({ type: "asset", fileName, source });
  },
});

const sdkDir = "packages/browser/dist/bundle";

/** The file of a further script (`personal`, `actions`); of which there is one, since those of earlier builds are removed. */
const partFiles = (part) =>
  readdirSync(sdkDir).filter((name) => new RegExp(`^vitrine-${part}\\.\\w+\\.js$`).test(name));

/** Names a script by its content, so that it can be cached for ever; versions of earlier builds go. */
const nameByContent = (part) => ({
  name: "name-by-content",
  generateBundle(_options, bundle) {
    const [file] = Object.keys(bundle);
    const hash = createHash("sha256").update(bundle[file].code).digest("hex").slice(0, 8);
    bundle[file].fileName = file.replace(/js$/, `${hash}.js`);
  },
  writeBundle(_options, bundle) {
    const written = Object.values(bundle).map(({ fileName }) => fileName);
    for (const file of partFiles(part)) if (!written.includes(file)) rmSync(`${sdkDir}/${file}`);
  },
});

/** Tells a script the name and integrity of the one that it may load, which was written before it. */
const pin = (part) => ({
  name: "pin",
  renderChunk(code) {
    const [file] = partFiles(part);
    const pins = { FILE: file, INTEGRITY: sri(readFileSync(`${sdkDir}/${file}`)) };
    const word = new RegExp(`\\b${part.toUpperCase()}_(FILE|INTEGRITY)\\b`, "g");
    return { code: code.replace(word, (_, what) => JSON.stringify(pins[what])), map: null };
  },
});

/** Lets a script import what lies beside it; Rollup itself would look for the file. */
const importBeside = () => ({
  name: "import-beside",
  renderChunk: (code) => ({ code: code.replaceAll("IMPORT_BESIDE", "import"), map: null }),
});

/** Workbox asks which build this is, and says much in any other; there is no `process` in a worker. */
const forProduction = () => ({
  name: "for-production",
  transform: (code) => ({ code: code.replaceAll("process.env.NODE_ENV", '"production"'), map: null }),
});

const script = (input, dir, file, plugins, options) => ({
  input,
  plugins: [nodeResolve(), ...plugins, minify(options)],
  output: { dir, entryFileNames: file, format: "iife", sourcemap: false },
});

/** For a module worker. No property is renamed: MediaPipe calls its wasm by names that start with an underscore. */
const moduleWorker = (input, dir, file) => ({
  input,
  plugins: [nodeResolve(), terser({ module: true, ecma: 2020, format: { comments: false } })],
  output: { dir, entryFileNames: file, format: "es", sourcemap: false },
});

/** Electron's own processes: CommonJS, since a sandboxed preload script can be nothing else. */
const shellScript = (input, file) => ({
  input,
  plugins: [nodeResolve({ exportConditions: ["node"] })],
  external: ["electron", /^node:/],
  output: { file, format: "cjs", sourcemap: false },
});

/** A page of the kiosk, beside which everything lies that it loads: it must start without a network. */
const kioskPage = (input, dir, workers) => ({
  input,
  plugins: [
    nodeResolve({ browser: true }),
    copy("kiosk/src/index.html", "index.html"),
    styles("kiosk/src/mirror.css", "mirror.css"),
    ...workers.map((file) => copy(`packages/vision/dist/bundle/${file}`, file)),
    terser({ module: true, ecma: 2022, format: { comments: false } }),
  ],
  output: { dir, entryFileNames: "mirror.js", format: "es", sourcemap: false },
});

export default [
  // Once for its names alone, so that the shortest go to the script that every page waits for; then with its pins.
  script("packages/browser/dist/scriptTag.js", sdkDir, "vitrine.js", [], { nameCache }),
  script("packages/browser/dist/actionsTag.js", sdkDir, "vitrine-actions.js", [nameByContent("actions")], {
    nameCache,
  }),
  script(
    "packages/browser/dist/personalTag.js",
    sdkDir,
    "vitrine-personal.js",
    [importBeside(), pin("actions"), nameByContent("personal")],
    { nameCache },
  ),
  script("packages/browser/dist/scriptTag.js", sdkDir, "vitrine.js", [pin("personal"), integrity()], {
    nameCache,
  }),
  script("packages/browser/dist/firstpaint/reader.js", sdkDir, "first-paint.js", [inlineScript()]),
  script("packages/service-worker/dist/workerScript.js", sdkDir, "vitrine-worker.js", [forProduction()]),
  script("packages/service-worker/dist/retireScript.js", sdkDir, "vitrine-worker-off.js", [forProduction()]),
  script("packages/inspector/dist/main.js", sdkDir, "vitrine-inspector.js", []),
  script("kiosk/dist/pair/main.js", sdkDir, "pair.js", []),
  script("packages/console/dist/main.js", "packages/console/dist/bundle", "console.js", [
    copy("packages/console/src/console.css", "console.css"),
  ]),
  moduleWorker("packages/vision/dist/pose/poseWorker.js", "packages/vision/dist/bundle", "pose-worker.js"),
  moduleWorker("packages/vision/dist/scan/scanWorker.js", "packages/vision/dist/bundle", "scan-worker.js"),
  shellScript("kiosk/shell/dist/main/main.js", "kiosk/shell/dist/bundle/main.cjs"),
  shellScript("kiosk/shell/dist/preload/preload.js", "kiosk/shell/dist/bundle/preload.cjs"),
  {
    input: "kiosk/phone/dist/main.js",
    plugins: [
      nodeResolve(),
      copy("kiosk/phone/src/take.css", "take.css"),
      terser({ module: true, ecma: 2022, format: { comments: false } }),
    ],
    // What reads a film frame by frame comes when two looks are compared.
    output: {
      dir: "kiosk/dist/phone",
      entryFileNames: "take.js",
      chunkFileNames: "frames.js",
      format: "es",
      sourcemap: false,
    },
  },
  {
    input: "examples/spa/dist/main.js",
    plugins: [
      nodeResolve({ browser: true }),
      terser({ module: true, ecma: 2022, format: { comments: false } }),
    ],
    // The personal part of the SDK comes by an import of its own.
    output: {
      dir: "examples/spa/dist/bundle",
      entryFileNames: "app.js",
      chunkFileNames: "[name].js",
      format: "es",
      sourcemap: false,
    },
  },
  kioskPage("kiosk/dist/main.js", "kiosk/dist/page", ["pose-worker.js", "scan-worker.js"]),
  // What a module does not import is not in its bundle: this one has no way to a camera.
  kioskPage("kiosk/dist/mainWithoutCamera.js", "kiosk/dist/page-without-camera", []),
];

// Every bundle that a browser loads. Input is what `tsc -b` wrote, so no compiler stands in Rollup's way.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import terser from "@rollup/plugin-terser";

/** `_name` is private to a bundle: nothing stored, sent or public may start with an underscore. */
const minify = () =>
  terser({
    // `module: true` on a script-tag bundle would drop its global.
    module: false,
    ecma: 2020,
    compress: { passes: 3, pure_getters: true, unsafe_arrows: true, unsafe_methods: true },
    mangle: { properties: { regex: /^_/ } },
    format: { comments: false },
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

/** Writes the integrity of each script (SRI), so that a shop can pin what it loads. */
const integrity = () => ({
  name: "integrity",
  generateBundle(_options, bundle) {
    for (const [file, chunk] of Object.entries(bundle)) {
      if (chunk.type !== "chunk") continue;
      const sri = "sha384-" + createHash("sha384").update(chunk.code).digest("base64");
      this.emitFile({ type: "asset", fileName: `${file}.integrity`, source: sri + "\n" });
    }
  },
});

const copy = (from, fileName) => ({
  name: "copy",
  generateBundle() {
    this.emitFile({ type: "asset", fileName, source: readFileSync(from) });
  },
});

const script = (input, dir, file, plugins) => ({
  input,
  plugins: [nodeResolve(), minify(), ...plugins],
  output: { dir, entryFileNames: file, format: "iife", sourcemap: false },
});

export default [
  script("packages/browser/dist/scriptTag.js", "packages/browser/dist/bundle", "vitrine.js", [integrity()]),
  script("packages/browser/dist/firstpaint/reader.js", "packages/browser/dist/bundle", "first-paint.js", [
    inlineScript(),
  ]),
  script("packages/console/dist/main.js", "packages/console/dist/bundle", "console.js", [
    copy("packages/console/src/console.css", "console.css"),
  ]),
];

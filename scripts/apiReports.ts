// Compares the public API of each published package with the report in docs/api; `--update` writes the reports.
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

// CommonJS whose names Node cannot see from outside.
const { Extractor, ExtractorConfig, ExtractorLogLevel } = createRequire(import.meta.url)(
  "@microsoft/api-extractor",
) as typeof import("@microsoft/api-extractor");
const PACKAGES = ["core", "browser", "service-worker", "openfeature", "preact", "server"];
const update = process.argv.includes("--update");
let failed = false;

for (const name of PACKAGES) {
  const folder = resolve("packages", name);
  mkdirSync("coverage/api", { recursive: true });
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: join(folder, "dist/index.d.ts"),
      compiler: { tsconfigFilePath: join(folder, "tsconfig.json"), skipLibCheck: true },
      apiReport: {
        enabled: true,
        reportFileName: `${name}.api.md`,
        reportFolder: resolve("docs/api"),
        reportTempFolder: resolve("coverage/api"),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: "lf",
      messages: {
        extractorMessageReporting: {
          default: { logLevel: ExtractorLogLevel.None },
          "ae-forgotten-export": { logLevel: ExtractorLogLevel.None },
          "ae-missing-release-tag": { logLevel: ExtractorLogLevel.None },
        },
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(folder, "package.json"),
  });
  const { apiReportChanged, succeeded } = Extractor.invoke(config, {
    localBuild: update,
    messageCallback: (message) => {
      if (message.logLevel !== ExtractorLogLevel.Error) message.handled = true;
    },
  });
  if (update ? succeeded : !apiReportChanged && succeeded) continue;
  failed = true;
  console.error(
    `The public API of @vitrine/${name} differs from docs/api/${name}.api.md. If that is meant: npm run api.`,
  );
}
if (failed) process.exit(1);

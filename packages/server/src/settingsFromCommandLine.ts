import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { LIMITS, type Limits, type ProofKey, type VitrineOptions } from "./options.ts";

/** What the command line and the environment ask for. */
export type CommandLine =
  | { kind: "help"; text: string }
  | { kind: "error"; text: string }
  | { kind: "run"; host: string; port: number; options: VitrineOptions };

interface Flag {
  value: string;
  help: string;
  /** Key of {@link Limits}, for flags that are bounds. */
  limit?: keyof Limits;
}

/** Every flag; `--public-url` is `VITRINE_PUBLIC_URL` in the environment. A flag is stronger. */
const FLAGS: Record<string, Flag> = {
  data: { value: "folder", help: "where everything is kept; ./vitrine-data" },
  host: { value: "address", help: "where to listen; 127.0.0.1, so that only this machine gets in" },
  port: { value: "number", help: "8080" },
  "public-url": { value: "url", help: "how browsers reach this server; http://127.0.0.1:<port>" },
  prefix: { value: "path", help: "path of the API; /v1" },
  origins: { value: "list", help: "origins of the shop's pages, with commas; none: any, without cookies" },
  "mirror-page": { value: "url", help: "the shop's page on which phones pair with a kiosk; our own" },
  "cookie-domain": { value: "domain", help: "domain of the first-party cookie; the host itself" },
  "proof-alg": { value: "name", help: "how the shop signs proofs: HS256, ES256 or RS256" },
  "proof-key-file": { value: "file", help: "the HS256 secret, or the public key as JWK" },
  "log-days": { value: "days", help: "how long events, exposures and survey answers are kept; for ever" },
  "trust-proxy": { value: "1", help: "take client addresses from X-Forwarded-For (a proxy must set it)" },
  "country-header": {
    value: "name",
    help: "header in which that proxy writes the visitor's country, for rules; none",
  },
  "region-header": { value: "name", help: "header in which it writes the region" },
  "bundle-dir": { value: "folder", help: "files served under /v/" },
  "service-worker": { value: "off", help: "the worker in shops' browsers removes itself and its caches" },
  "console-dir": { value: "folder", help: "files served under /console/" },
  "phone-dir": { value: "folder", help: "files of the page that takes looks home, under /take/" },
  "max-body-bytes": { value: "bytes", help: "of a request, inflated", limit: "maxBodyBytes" },
  "max-queue": { value: "count", help: "event requests worked on at once", limit: "maxQueue" },
  "requests-per-second": {
    value: "rate",
    help: "for one site key, address and device",
    limit: "requestsPerSecond",
  },
  "events-per-second": { value: "rate", help: "for the same", limit: "eventsPerSecond" },
  "request-timeout-ms": { value: "ms", help: "for a request to arrive", limit: "requestTimeoutMs" },
  "max-rows": { value: "count", help: "identities in memory", limit: "maxRows" },
  "max-streams": { value: "count", help: "open streams", limit: "maxStreams" },
  "max-handoff-bytes": { value: "bytes", help: "of one hand-off to a phone", limit: "maxHandoffBytes" },
  "max-waiting-bytes": {
    value: "bytes",
    help: "of all hand-offs that wait for their phones",
    limit: "maxWaitingBytes",
  },
};

/** Reads flags and `VITRINE_*` variables. */
export function settingsFromCommandLine(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): CommandLine {
  try {
    const options = Object.fromEntries(Object.keys(FLAGS).map((name) => [name, { type: "string" as const }]));
    const { values } = parseArgs({
      args: [...args],
      options: { ...options, help: { type: "boolean", short: "h" } },
    });
    if (values.help) return { kind: "help", text: helpText() };
    checkEnvironment(env);
    const read = (name: string) =>
      ((values as Record<string, unknown>)[name] as string | undefined) ?? env[variableOf(name)];
    return { kind: "run", ...readSettings(read) };
  } catch (error) {
    return { kind: "error", text: `${(error as Error).message}\nSee --help for every flag.` };
  }
}

/** A misspelt variable would be obeyed by nobody, so it is an error like a misspelt flag. */
function checkEnvironment(env: Readonly<Record<string, string | undefined>>): void {
  const known = new Set(Object.keys(FLAGS).map(variableOf));
  for (const name of Object.keys(env)) {
    if (name.startsWith("VITRINE_") && !known.has(name))
      throw new Error(`Unknown environment variable ${name}.`);
  }
}

type Read = (name: string) => string | undefined;

function readSettings(read: Read): { host: string; port: number; options: VitrineOptions } {
  const port = numberOf("port", read("port"), 8080, 0);
  const limits: Partial<Limits> = {};
  for (const [name, { limit }] of Object.entries(FLAGS)) {
    if (limit) limits[limit] = numberOf(name, read(name), LIMITS[limit], 1);
  }
  const proof = proofOf(read("proof-alg"), read("proof-key-file"));
  const options: VitrineOptions = {
    dataDir: read("data") ?? "vitrine-data",
    publicUrl: read("public-url") ?? `http://127.0.0.1:${port}`,
    origins: originsOf(read("origins")),
    trustProxy: read("trust-proxy") === "1",
    serviceWorker: read("service-worker") !== "off",
    limits,
    ...given("prefix", read("prefix")),
    ...given("mirrorPage", mirrorPageOf(read("mirror-page"))),
    ...given("cookieDomain", read("cookie-domain")),
    ...given("countryHeader", read("country-header")),
    ...given("regionHeader", read("region-header")),
    ...given("bundleDir", read("bundle-dir")),
    ...given("consoleDir", read("console-dir")),
    ...given("phoneDir", read("phone-dir")),
    ...(read("log-days") === undefined ? {} : { logDays: numberOf("log-days", read("log-days"), 0, 1) }),
    ...(proof === undefined ? {} : { proof }),
  };
  return { host: read("host") ?? "127.0.0.1", port, options };
}

const given = (key: string, value: string | undefined): Record<string, string> =>
  value === undefined ? {} : { [key]: value };

function numberOf(name: string, text: string | undefined, fallback: number, min: number): number {
  const number = text === undefined || text === "" ? fallback : Number(text);
  if (!Number.isSafeInteger(number) || number < min)
    throw new Error(`--${name} must be a whole number from ${min}.`);
  return number;
}

function originsOf(text: string | undefined): string[] {
  const origins = (text ?? "")
    .split(",")
    .map((origin) => origin.trim())
    .filter((origin) => origin !== "");
  for (const origin of origins) {
    if (URL.parse(origin)?.origin !== origin)
      throw new Error(`--origins: ${origin} is not like https://shop.example`);
  }
  return origins;
}

/** Codes are put behind it as a fragment. */
function mirrorPageOf(text: string | undefined): string | undefined {
  if (text !== undefined && (!/^https?:$/.test(URL.parse(text)?.protocol ?? "") || text.includes("#")))
    throw new Error(`--mirror-page: ${text} is not like https://shop.example/mirror`);
  return text;
}

function proofOf(alg: string | undefined, file: string | undefined): ProofKey | undefined {
  if (alg === undefined && file === undefined) return undefined;
  if (file === undefined) throw new Error("--proof-alg needs --proof-key-file.");
  const text = readFileSync(file, "utf8").trim();
  if (alg === "HS256") return { alg, secret: text };
  if (alg !== "ES256" && alg !== "RS256") throw new Error("--proof-alg must be HS256, ES256 or RS256.");
  const jwk = JSON.parse(text) as Record<string, unknown>;
  if ("d" in jwk)
    throw new Error("--proof-key-file must hold the public key only; the private one stays with the shop.");
  return { alg, jwk };
}

const variableOf = (name: string): string => `VITRINE_${name.toUpperCase().replaceAll("-", "_")}`;

function helpText(): string {
  const lines = Object.entries(FLAGS).map(
    ([name, { value, help }]) => `  ${`--${name} <${value}>`.padEnd(34)}${help}`,
  );
  return [
    "vitrine-server: takes events, keeps profiles, publishes rules.",
    "",
    ...lines,
    `  ${"--help".padEnd(34)}this text`,
    "",
    "Each flag may stand in the environment instead: --public-url is VITRINE_PUBLIC_URL.",
  ].join("\n");
}

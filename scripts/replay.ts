// Streams the click data of a real shop through the collector as its visitors would have sent it, and reconciles.
import { basename, resolve } from "node:path";
import { parseArgs } from "node:util";
import { countFile, type FileCount } from "./replay/countFile.ts";
import { countLog } from "./replay/countLog.ts";
import type { Target } from "./replay/collector.ts";
import { showProgress } from "./replay/progress.ts";
import { readProfiles } from "./replay/readProfiles.ts";
import { readVisits } from "./replay/readVisits.ts";
import { accountTable, reconcile } from "./replay/reconcile.ts";
import { sendVisits, type Sent } from "./replay/sendVisits.ts";
import { visitorOf } from "./replay/visitor.ts";

const HELP = `npm run replay -- FILE [options]

Sends the clicks of FILE (.csv or .csv.gz, UCI data set 553) through a collector in the batches real visitors
would have sent, then counts what is there, independently, and compares. Can be stopped with Ctrl-C and run
again: nothing is counted twice.

  --data DIR         data folder of the collector it starts (./data/replay)
  --url URL          send to this collector instead; needs --key and --site.
                     With --data the log in that folder is counted too
  --key KEY          secret key (vk_…) with the scope write; better given as VITRINE_KEY,
                     where other users of this machine cannot see it
  --site KEY         site key (vs_…), to read the profiles back
  --concurrency N    visitors at a time (32)

Exit codes: 0 all agrees, 1 something differs or failed, 2 wrong use, 130 stopped with Ctrl-C.`;

/** Exit code after Ctrl-C: 128 and the number of SIGINT. */
const STOPPED = 130;

/** Wrong use; its message says what to do. */
class UsageError extends Error {
  override readonly name = "UsageError";
}

interface Settings {
  file: string;
  target: Target | undefined;
  dataDir: string | undefined;
  concurrency: number;
}

function readSettings(args: string[]): Settings {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      data: { type: "string" },
      url: { type: "string" },
      key: { type: "string" },
      site: { type: "string" },
      concurrency: { type: "string", default: "32" },
    },
  });
  const { data, url, key = process.env["VITRINE_KEY"], site } = values;
  const concurrency = Number(values.concurrency);
  if (positionals.length !== 1) throw new UsageError("Give one file of clicks. See --help.");
  if (url && !(key && site)) throw new UsageError("With --url also give --key and --site. See --help.");
  if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > 256) {
    throw new UsageError("Give --concurrency as a whole number from 1 to 256.");
  }
  return {
    file: resolve(positionals[0]!),
    target: url ? { url: url.replace(/\/$/, ""), secretKey: key!, siteKey: site! } : undefined,
    dataDir: data ?? (url ? undefined : "data/replay"),
    concurrency,
  };
}

async function replay(
  { file, target, dataDir, concurrency }: Settings,
  signal: AbortSignal,
): Promise<number> {
  const fileName = basename(file);
  const expected = countFile(file);
  console.log(`${fileName}: ${expected.productViews} clicks in ${expected.sessions.size} visits`);
  const server = target
    ? undefined
    : await (await import("./replay/embeddedServer.ts")).startEmbeddedServer(dataDir!);
  try {
    const common = { target: target ?? server!.target, fileName, concurrency, signal };
    const sent = await send(file, expected, common);
    report(sent);
    return signal.aborted
      ? STOPPED
      : Math.max(await compare(expected, dataDir, common), sent.rejected > 0 ? 1 : 0);
  } finally {
    await server?.close();
  }
}

interface Common {
  target: Target;
  fileName: string;
  concurrency: number;
  signal: AbortSignal;
}

async function send(file: string, expected: FileCount, common: Common): Promise<Sent> {
  const progress = showProgress("sending", expected.sessions.size);
  const onVisit = ({ visits, events }: Sent) => progress.update(visits, `${events} events`);
  return sendVisits(readVisits(file), { ...common, onVisit }).finally(() => progress.stop());
}

function report(sent: Sent): void {
  const { visits, events, batches, accepted, duplicate, rejected, reasons } = sent;
  console.log(`sent ${events} events of ${visits} visits in ${batches} batches`);
  console.log(`  new ${accepted}, there before ${duplicate}, rejected ${rejected}`);
  for (const [reason, count] of Object.entries(reasons)) console.log(`    ${reason}: ${count}`);
}

/** @returns the exit code. */
async function compare(expected: FileCount, dataDir: string | undefined, common: Common): Promise<number> {
  const { sessions } = expected;
  const progress = showProgress("reading profiles", sessions.size);
  const onProfile = (read: number) => progress.update(read);
  const profiles = await readProfiles({ ...common, sessions, onProfile }).finally(() => progress.stop());
  if (common.signal.aborted) return STOPPED;
  const devices = new Set([...sessions.keys()].map((id) => visitorOf(common.fileName, id).anonymousId));
  const log = dataDir === undefined ? undefined : countLog(dataDir, devices);
  const lines = reconcile(expected, log, profiles);
  console.log(accountTable(lines));
  const isRight = lines.every((line) => line.isRight);
  console.log(isRight ? "Everything agrees." : "Something differs: see the lines marked above.");
  return isRight ? 0 : 1;
}

const stop = new AbortController();
process.once("SIGINT", () => {
  stop.abort();
  console.error("\nStopping after the batches under way; run again to send the rest.");
});

const args = process.argv.slice(2);
if (args.includes("--help") || args.includes("-h")) console.log(HELP);
else {
  try {
    process.exitCode = await replay(readSettings(args), stop.signal);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    const isUsage =
      error instanceof UsageError || (error as NodeJS.ErrnoException).code?.startsWith("ERR_PARSE_ARGS");
    process.exitCode = isUsage ? 2 : 1;
  }
}

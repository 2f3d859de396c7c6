// A program of its own, for a network without a way out: one shopper's whole session, and what the mirror sent meanwhile.
import type { Outcome, Scope } from "../FaultRow.ts";
import { runTrial } from "../runRow.ts";
import { listenBetween, type Way } from "./listenBetween.ts";
import { setMirrorStage } from "./mirrorStage.ts";
import { sealNothing } from "./sealNothing.ts";
import { pair, press, record, see, stepIn, takeHome, type MirrorShopper } from "./shopper.ts";
import { clipTracesOf, findIn, tracesOf } from "./traces.ts";

/** What a mirror may tell its server a second: that it lives, and that its lease does. */
const TELEMETRY_BYTES = 2_048;

async function run(isTakenHome: boolean, scope: Scope): Promise<Outcome> {
  let way: Way | undefined;
  const stage = await setMirrorStage(scope, {
    between: async (server) => (way = await listenBetween(scope, server)).url,
  });
  const shopper = await stepIn(stage);
  const { page } = shopper;
  // What is sent sealed cannot be told from noise; only by this is it seen that the search finds pictures.
  if (isTakenHome) await page.evaluate(sealNothing);
  way!.forget();
  const startedAt = performance.now();
  await pair(stage, shopper);
  await record(shopper);
  await press(page, "Mirror");
  await record(shopper);
  const traces = [...(await tracesOf(shopper)), ...(await clipTracesOf(shopper))];
  if (isTakenHome) await takeHome(shopper);
  else await compare(shopper);
  await press(page, "Back");
  await press(page, "I'm done");
  await see(page, "Goodbye.");
  await stage.running.page(page);
  const seconds = (performance.now() - startedAt) / 1000;
  const sent = way!.sent();
  // The mirror asks for her lease by its name, and for the articles that the server's own word of her profile names; the
  // rest has no business on the wire.
  const asked = /^(her lease|her profile|a clip's name)/;
  const violations = findIn(
    sent,
    traces.filter(({ name }) => !asked.test(name)),
  ).map((name) => `${name} was sent`);
  const perSecond = sent.length / seconds;
  if (perSecond > TELEMETRY_BYTES) violations.push(`${Math.round(perSecond)} bytes a second were sent`);
  const figures = { "bytes sent": sent.length, "bytes a second": perSecond, "session s": seconds };
  return { faults: 1, violations, figures };
}

async function compare({ page }: MirrorShopper): Promise<void> {
  await press(page, "Compare");
  // Films are decoded beside the pose, by a machine that may draw without a graphics card.
  await page.locator(".scrubber input:enabled").waitFor({ timeout: 180_000 });
}

const [way] = process.argv.slice(2);
const result = await runTrial((_, scope) => run(way === "home", scope), 0);
process.stdout.write(JSON.stringify(result));

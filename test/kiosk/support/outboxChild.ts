// A kiosk's shell that does nothing but keep events: says each by name once it is promised, until somebody kills it.
import { randomBytes } from "node:crypto";
import { writeSync } from "node:fs";
import { openOutbox } from "../../../kiosk/shell/src/shared/outbox/outbox.ts";
import { noteOf } from "./outboxes.ts";

const [folder = "", key = "", name = ""] = process.argv.slice(2);
const outbox = openOutbox({
  folder,
  eventKey: () => key,
  clock: { now: () => Date.now(), monotonic: () => performance.now() },
  random: randomBytes,
  log: () => {},
});
for (let number = 0; ; number += 3) {
  const codes = [0, 1, 2].map((at) => `canary-${name}-${number + at}`);
  await Promise.all(
    codes.map(async (code) => {
      await outbox.track(noteOf(code));
      writeSync(1, `${code}\n`);
    }),
  );
}

import type { Page } from "playwright-core";
import { until } from "../../../mirror/support/running.ts";
import { asAdmin, asPhone, enrolKiosk } from "../../../server/support/kiosks.ts";
import type { LoopDisk } from "../loopDisk.ts";
import type { MirrorStage } from "./mirrorStage.ts";
import { byPhone, press, see, type MirrorShopper } from "./shopper.ts";

/** Where a session ends. */
export interface Place {
  stage: MirrorStage;
  /** What the mirror writes to. */
  disk: LoopDisk;
}

/** How a session comes to its end. */
export interface Way {
  /** Her phone lends the mirror its profile before; without one, nobody could open a lock again. */
  hasPhone: boolean;
  /** Ends it. @returns the page that stands on the glass afterwards */
  end: (place: Place, shopper: MirrorShopper) => Promise<Page>;
}

/** More than a lock lasts, and than a hand-off waits. */
export const TEN_MINUTES_OVER_MS: number = 11 * 60_000;

const nextPage = ({ stage }: Place, { page }: MirrorShopper): Promise<Page> => stage.running.page(page);

/** A way by what people do, which the mirror's page ends itself. */
const byHand = (
  act: (place: Place, shopper: MirrorShopper) => Promise<unknown>,
  { hasPhone = true } = {},
): Way => ({
  hasPhone,
  end: async (place, shopper) => {
    await act(place, shopper);
    return nextPage(place, shopper);
  },
});

/** She is not in the picture any more, and the mirror locks. */
async function lock({ stage }: Place, { page }: MirrorShopper): Promise<void> {
  stage.camera.show("nobody");
  await see(page, "Someone's looks are waiting");
}

/** Time goes by at the mirror. */
const pass = (page: Page, ms: number): Promise<void> =>
  page.evaluate((by) => {
    const now = performance.now.bind(performance);
    performance.now = () => now() + by;
  }, ms);

/** The ways in which people end sessions. */
export const BY_PEOPLE: Record<string, Way> = {
  "she said that she is done": byHand((_, { page }) => press(page, "I'm done")),
  "she walked away, without a phone": byHand(async ({ stage }) => stage.camera.show("nobody"), {
    hasPhone: false,
  }),
  "she touched nothing any more": byHand(
    async (_, { page }) => {
      await pass(page, 61_000);
      await see(page, "Still there?");
      await pass(page, 21_000);
    },
    { hasPhone: false },
  ),
  "her phone ended it": byHand(({ stage }, shopper) => byPhone(stage, shopper, "end")),
  "her phone went to another mirror": byHand(async ({ stage: { server } }, { phone }) => {
    const { code } = await (await enrolKiosk(server, "Fitting room 4")).show();
    const { status } = await asPhone(server, "pairings/confirm", {
      code,
      device: phone.secret,
      scope: ["looks"],
    });
    if (status !== 201) throw new Error(`no other lease: ${status}`);
  }),
  "she walked away, and its time was over": byHand(async (place, shopper) => {
    await lock(place, shopper);
    place.stage.server.clock.now += TEN_MINUTES_OVER_MS;
  }),
  "she walked away, and somebody started over": byHand(async (place, shopper) => {
    await lock(place, shopper);
    await press(shopper.page, "Start over");
  }),
};

/** What the shop asks of it in the console: it hears that with its next heartbeat. */
const tell = async ({ stage: { server, kioskId } }: Place, kind: string): Promise<void> => {
  const { status } = await asAdmin(server, "POST", `/kiosks/${kioskId}/commands`, { kind });
  if (status >= 300) throw new Error(`${kind}: ${status}`);
};

const killPage = async ({ stage: { running } }: Place): Promise<void> => {
  for (const pid of await running.processes("renderer")) process.kill(pid, "SIGKILL");
};

/** As a supervisor does: what is left of the old one is gone before. */
async function startAnew(place: Place, shopper: MirrorShopper): Promise<Page> {
  await place.stage.running.kill();
  await place.stage.restart();
  return nextPage(place, shopper);
}

/** A page that goes on failing makes room for one that cannot. */
async function failAgainAndAgain(place: Place, { page }: MirrorShopper): Promise<Page> {
  const { running } = place.stage;
  const isResting = () => /too often; showing the safe page/.test(running.logged());
  for (let current = page; ; current = await running.page(current)) {
    const before = running.logged().length;
    await killPage(place);
    await until("the shell to notice", () => (running.logged().length > before ? true : undefined));
    if (isResting()) return running.page(current);
  }
}

/** The ways in which the shop or an accident ends sessions; the last one leaves the safe page. */
export const BY_MACHINES: Record<string, Way> = {
  "the shop had it wiped": byHand((place) => tell(place, "wipe")),
  "the shop had it reloaded": byHand((place) => tell(place, "reload")),
  "the shop had it restarted": {
    hasPhone: true,
    end: async (place, shopper) => {
      await tell(place, "restart");
      await until("the end of the mirror", () => (shopper.page.isClosed() ? true : undefined));
      return startAnew(place, shopper);
    },
  },
  "the power was cut": {
    hasPhone: true,
    end: async ({ stage, disk }, shopper) => {
      await disk.sync();
      await disk.cutPower();
      await stage.running.kill();
      await disk.remount();
      return startAnew({ stage, disk }, shopper);
    },
  },
  "its main process was killed": { hasPhone: true, end: startAnew },
  "its page was killed": byHand(killPage),
  "its page was killed again and again": { hasPhone: true, end: failAgainAndAgain },
};

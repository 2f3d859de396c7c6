import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { newDevice, runVitrine, viewed, type Device, type Running } from "./support/runVitrine.ts";
import { asPhone, enrolKiosk, type TestKiosk, type Told } from "./support/kiosks.ts";

/** Attempts of each kind; the reliability goals ask for 200 in all. */
const TRIALS_PER_KIND = 40;

interface Scene {
  running: Running;
  mirror: TestKiosk;
  other: TestKiosk;
  anna: Device;
  ben: Device;
}

/** An attempt that should open nothing. @returns what was opened wrongly */
type Trial = (scene: Scene) => Promise<string[]>;

const confirm = ({ running }: Scene, code: string, phone: Device): Promise<Told> =>
  asPhone(running, "pairings/confirm", { code, device: phone.secret, scope: ["profile", "looks"] });

/** Whose profile a kiosk is shown by a pairing: the shopper's first product bears her id. */
async function shownTo(kiosk: TestKiosk, pairing: string): Promise<string | undefined> {
  return (await kiosk.leaseOf(pairing))?.profile?.recent[0]?.id;
}

/** Opens nothing wrongly when every status is a refusal. */
const opened = (what: string, { status }: Told): string[] => (status < 400 ? [what] : []);

const TRIALS: Record<string, Trial> = {
  replay: async (scene) => {
    const { id, code } = await scene.mirror.show();
    assert.equal((await confirm(scene, code, scene.anna)).status, 201);
    const again = await confirm(scene, code, scene.ben);
    const same = await confirm(scene, code, scene.anna);
    const isAnna = (await shownTo(scene.mirror, id)) === scene.anna.id;
    return [...opened("by another", again), ...opened("by herself", same), ...(isAnna ? [] : ["not hers"])];
  },
  "old code": async (scene) => {
    const { id, code } = await scene.mirror.show();
    scene.running.clock.now += 60_000;
    const late = await confirm(scene, code, scene.anna);
    return [...opened("late", late), ...((await scene.mirror.leaseOf(id)) ? ["a lease"] : [])];
  },
  "code of another kiosk": async (scene) => {
    const [here, there] = [await scene.mirror.show(), await scene.other.show()];
    const { body } = await confirm(scene, there.code, scene.anna);
    const read = await scene.mirror.call("GET", `/leases/${body.lease}`);
    return [
      ...((await shownTo(scene.mirror, here.id)) === undefined ? [] : ["here"]),
      ...((await shownTo(scene.mirror, there.id)) === undefined ? [] : ["here, by the other's pairing"]),
      ...(read.body.state === "ended" && !read.body.profile ? [] : ["here, by the other's lease"]),
      ...((await shownTo(scene.other, there.id)) === scene.anna.id ? [] : ["not there"]),
    ];
  },
  "picture by a bystander": async (scene) => {
    const earlier = await scene.mirror.show();
    const { id, code } = await scene.mirror.show();
    const { lease } = (await confirm(scene, code, scene.anna)).body;
    await scene.mirror.call("POST", `/leases/${lease}/lock`);
    const device = scene.ben.secret;
    const attempts = [
      await confirm(scene, code, scene.ben),
      await confirm(scene, earlier.code, scene.ben),
      await asPhone(scene.running, "leases/reopen", { lease, device }),
      await asPhone(scene.running, "leases/reopen", { lease, device: scene.anna.id }),
      await asPhone(scene.running, "leases/read", { lease, device }),
      await asPhone(scene.running, "leases/end", { lease, device }),
    ];
    const now = await scene.mirror.leaseOf(id);
    const stays = now?.state === "locked" && !now.profile ? [] : ["unlocked"];
    return [...attempts.flatMap((told) => opened("with a picture", told)), ...stays];
  },
  "two phones at once": async (scene) => {
    const { id, code } = await scene.mirror.show();
    const phones = [scene.anna, scene.ben];
    const told = await Promise.all(phones.map((phone) => confirm(scene, code, phone)));
    const winners = phones.filter((_, i) => told[i]!.status === 201);
    const shown = await shownTo(scene.mirror, id);
    return [
      ...(winners.length === 1 ? [] : [`${winners.length} phones`]),
      ...(shown === winners[0]?.id ? [] : ["the loser's profile"]),
    ];
  },
};

async function setScene(t: TestContext): Promise<Scene> {
  const running = await runVitrine(t);
  const [anna, ben] = [newDevice(), newDevice()];
  for (const phone of [anna, ben]) {
    const seen = viewed(phone, `w-${phone.id.slice(2, 8)}`, 1, { properties: { product_id: phone.id } });
    await running.send([seen], { device: phone.secret });
  }
  const [mirror, other] = [await enrolKiosk(running), await enrolKiosk(running, "Mirror 2")];
  return { running, mirror, other, anna, ben };
}

describe("unlocking a kiosk", () => {
  it("fails by replay, by an old code, by another kiosk's, by a picture of it, and for the second of two phones", async (t) => {
    const scene = await setScene(t);
    const wrong: string[] = [];
    let trials = 0;
    for (const [kind, attempt] of Object.entries(TRIALS)) {
      for (let i = 0; i < TRIALS_PER_KIND; i++) {
        wrong.push(...(await attempt(scene)).map((what) => `${kind}: ${what}`));
        trials++;
        scene.running.clock.now += 2_000; // attempts at codes are bounded
      }
    }
    t.diagnostic(`E11: ${trials} trials, ${wrong.length} wrong unlocks`);
    assert.deepEqual(wrong, []);
    assert.equal(trials, 200);
  });
});

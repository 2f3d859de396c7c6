// How long a phone lends the mirror: the real page in a real Chromium kiosk against the real server, with clocks that jump.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { enrolmentCode } from "../../examples/enrolmentCode.ts";
import { asPhone, enrolKiosk } from "../server/support/kiosks.ts";
import { newDevice } from "../server/support/runVitrine.ts";
import { setStage, type Stage } from "../support/shopper.ts";
import { runBox, whyNoBox } from "./support/box.ts";
import { until } from "./support/running.ts";
import { shownCode } from "./support/shownCode.ts";

const PAGE = new URL("../../kiosk/dist/page", import.meta.url).pathname;

/** Less than idleness takes to be warned of; twice that is more than she may do without the server hearing of her. */
const STEP_MS = 50_000;

/** The server's clock goes so much faster here than the mirror's, so that an hour is a few touches. */
const SPEED = 5;

describe("a lease on a mirror", { skip: whyNoBox() }, () => {
  let stage: Stage;
  let ahead = 0;
  before(async () => {
    stage = await setStage({ server: { clock: () => Date.now() + ahead } });
  });
  after(() => stage?.close());

  /** Time goes by at the mirror. */
  const pass = (page: Page, ms: number) =>
    page.evaluate((by) => {
      const now = performance.now.bind(performance);
      performance.now = () => now() + by;
    }, ms);

  /** The answer to the mirror's next call of a kind. */
  const answer = (page: Page, path: RegExp) =>
    page.waitForResponse((response) => path.test(response.request().postData() ?? ""));

  it("outlives ten minutes of an active shopper, and asks her before its hour is over", async (t) => {
    const { vitrineUrl } = stage.demo;
    const box = await runBox(t, {
      page: PAGE,
      enrolment: { endpoint: vitrineUrl, code: await enrolmentCode(stage.demo) },
    });
    const page = await box.page();
    await page.locator(".idle").click();
    const code = await shownCode(page);
    const phone = newDevice();
    const paired = { code, device: phone.secret, scope: ["looks"] };
    const { body } = await asPhone({ url: vitrineUrl, secretKey: "" }, "pairings/confirm", paired);
    await page.getByRole("heading", { name: "Phone paired" }).waitFor();

    /** How long it still lasts; undefined when it ended. */
    const left = async () => {
      const own = { lease: body.lease, device: phone.secret };
      const read = await asPhone({ url: vitrineUrl, secretKey: "" }, "leases/read", own);
      return read.status === 200 ? read.body.until - Date.now() - ahead : undefined;
    };
    const lasts = async () => {
      const ms = await left();
      assert.ok(ms !== undefined, `ended ${ahead / 60_000} minutes after`);
      return ms;
    };
    const question = page.getByText("Still there?");
    const step = async () => {
      assert.ok(!(await question.isVisible()), "nobody is asked while she is active");
      ahead += STEP_MS * SPEED;
      await pass(page, STEP_MS);
      await page.getByRole("heading").click();
    };
    for (let steps = 0; steps < 12; steps += 2) {
      await step();
      const told = answer(page, /touch/);
      await step();
      await told;
      await answer(page, /GET.*leases/);
    }
    await step();
    ahead += (await lasts()) - 28_000;
    await question.waitFor();
    assert.ok((await lasts()) > 20_000, "in time");
    await page.getByRole("button", { name: "More time" }).click();
    await until("her word", async () => ((await lasts()) > 9 * 60_000 ? true : undefined));
    await question.waitFor({ state: "hidden" });

    // The server is gone for longer than the lease lasts: she is asked, her word reaches nobody, and she is told what came of it.
    await page.route("**/call", (route) => route.fulfill({ json: { result: { status: 0 } } }));
    await pass(page, 600_000 - 20_000);
    await question.waitFor();
    await page.getByRole("button", { name: "More time" }).click();
    await question.waitFor({ state: "hidden" });
    await pass(page, 15_000);
    await page.getByText("this mirror let go of your phone").waitFor();
    await page.getByRole("heading", { name: "Scan with your phone" }).waitFor();
    await page.unroute("**/call");

    // Regression: the finger that went down on an answer took the question away before it was answered.
    await pass(page, 60_000);
    await question.waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "I'm done" }).click();
    await until("the end", async () => ((await left()) === undefined ? true : undefined));
  });

  // Regression: a server that lost the lease, as each does that is restarted, ended the session of a shopper at the glass.
  it("that the server does not know any more is let go of, and her session goes on", async (t) => {
    const { vitrineUrl, vitrine } = stage.demo;
    const server = { url: vitrineUrl, secretKey: vitrine.firstSecretKey! };
    const box = await runBox(t, {
      page: PAGE,
      enrolment: { endpoint: vitrineUrl, code: await enrolmentCode(stage.demo) },
    });
    const page = await box.page();
    await page.locator(".idle").click();
    const confirm = async (code: string) =>
      asPhone(server, "pairings/confirm", { code, device: newDevice().secret, scope: ["looks"] });
    await confirm(await shownCode(page));
    await page.getByRole("heading", { name: "Phone paired" }).waitFor();

    // The mirror hears nothing while the server forgets what ended long ago, which it does when the next lease begins.
    await page.route("**/call", (route) => route.fulfill({ json: { result: { status: 0 } } }));
    ahead += 25 * 60_000;
    await confirm((await (await enrolKiosk(server, "Fitting room 9")).show()).code);
    await page.unroute("**/call");
    await page.getByText("does not know your phone any more").waitFor();
    await page.getByRole("heading", { name: "Scan with your phone" }).waitFor();

    await page.getByRole("button", { name: "Back" }).click();
    await confirm(await shownCode(page));
    await page.getByRole("heading", { name: "Phone paired" }).waitFor();
  });
});

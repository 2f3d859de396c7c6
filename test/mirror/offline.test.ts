// No server answers: the kiosk starts all the same, and shows what it knows, with its age.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { startDemo } from "../../examples/demo.ts";
import { enrolmentCode } from "../../examples/enrolmentCode.ts";
import { catalogue, gtinOf, sizesOf, STORES, unitsInStore } from "../../examples/shop/index.ts";
import { setStage, temporaryFolder } from "../support/shopper.ts";
import { until } from "./support/running.ts";
import { scanUntilShown } from "./support/scanUntilShown.ts";
import { testInBothShells } from "./support/shells.ts";
import { openXInput } from "./support/xInput.ts";

const PAGE = new URL("../../kiosk/dist/page-without-camera", import.meta.url).pathname;

/** Pictures of the screens are kept where this names a folder. */
const SHOTS = process.env["MIRROR_SHOTS"];

const [coat] = catalogue.filter((product) => sizesOf(product).length > 2);
const size = sizesOf(coat!).find((one) => unitsInStore(STORES[0], coat!.model, one) > 0)!;

const see = (page: Page, text: string) => page.getByText(text).first().waitFor({ timeout: 60_000 });
const press = (page: Page, name: string) =>
  page.getByRole("button", { name }).first().click({ timeout: 60_000 });
const isPictureShown = () => document.querySelector<HTMLImageElement>(".garment img")?.naturalWidth ?? 0;

testInBothShells(
  "a cold start without a network shows the kiosk and the catalogue",
  async (t, run) => {
    const data = await temporaryFolder("offline");
    t.after(data.remove);
    const stage = await setStage({ feeds: true });
    t.after(() => stage.close().catch(() => undefined));
    const enrolment = { endpoint: stage.demo.vitrineUrl, code: await enrolmentCode(stage.demo) };
    const options = { page: PAGE, hasCamera: false, data: data.path };

    const first = await run({ ...options, enrolment });
    await first.page();
    await until("the catalogue with all its pictures", () => {
      const folder = join(data.path, "catalogue", "pictures");
      return existsSync(folder) && readdirSync(folder).length >= catalogue.length ? true : undefined;
    });
    await first.kill();
    const { port } = stage.demo;
    await stage.demo.close();

    // Enrolment stays as it was; where its server was, nobody listens.
    const running = await run(options);
    const page = await running.page();
    const scanner = await openXInput(running.display);
    t.after(() => scanner.close());
    await scanUntilShown(scanner, gtinOf(coat!, size), page, coat!.name);
    await see(page, "Stock as of");
    await until("the picture", async () => ((await page.evaluate(isPictureShown)) > 0 ? true : undefined));
    await press(page, `Bring me this: ${size}`);
    await see(page, "Please ask them in person.");
    if (SHOTS && running.kind === "chromium") {
      mkdirSync(SHOTS, { recursive: true });
      await page.screenshot({ path: join(SHOTS, "offline-article.png") });
    }
    await press(page, "Back");
    await press(page, "Pair your phone");
    await see(page, "cannot be reached");
    await press(page, "Back");
    await press(page, coat!.name);
    await see(page, "Stock as of");

    const back = await startDemo({ ...stage.options, port });
    t.after(() => back.close());
    await page.getByText("Stock as of").waitFor({ state: "detached", timeout: 60_000 });
    assert.ok(await page.getByText(coat!.name).first().isVisible());
  },
  { isLong: true },
);

import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { asPhone } from "../../../server/support/kiosks.ts";
import { newDevice, viewed, type Device } from "../../../server/support/runVitrine.ts";
import { until } from "../../../mirror/support/running.ts";
import type { Scene } from "../../../mirror/support/sceneCamera.ts";
import type { MirrorStage } from "./mirrorStage.ts";
import { readQrCode } from "./readQrCode.ts";

/** Bytes of one slice that are looked for. */
const SLICE_BYTES = 16;
const TIMEOUT = { timeout: 60_000 };

/** Somebody at the mirror, with what only she can have left there. */
export interface MirrorShopper {
  page: Page;
  /** Her phone. */
  phone: Device;
  /** What she looked at on her phone; stands in her profile alone. */
  product: string;
  /** The lease of her phone, once she paired. */
  lease?: string;
}

declare global {
  interface Window {
    /** Of each slice that the recorder gave, bytes from its middle, as hex. */
    slices?: string[];
  }
}

/**
 * Somebody steps in front of a mirror that waits, and begins.
 * @param after page of an earlier shopper, which must have gone
 * @param as whom the camera shows
 */
export async function stepIn(
  stage: MirrorStage,
  { after, as = "shopper" }: { after?: Page; as?: Scene } = {},
): Promise<MirrorShopper> {
  stage.camera.show(as);
  const page = await stage.running.page(after);
  await page.evaluate(keepSlices);
  await press(page, "Begin");
  return { page, phone: newDevice(), product: `canary-${randomUUID()}` };
}

export const press = (page: Page, name: string) => page.getByRole("button", { name }).first().click(TIMEOUT);

export const see = (page: Page, text: string) => page.getByText(text).first().waitFor(TIMEOUT);

/** Listens to every recorder of the page beside the product. */
function keepSlices(): void {
  const slices = (window.slices ??= []);
  const { start } = MediaRecorder.prototype;
  MediaRecorder.prototype.start = function (slice) {
    this.addEventListener("dataavailable", async ({ data }) => {
      const middle = new Uint8Array(await data.slice(data.size / 2, data.size / 2 + 16).arrayBuffer());
      if (middle.length === 16)
        slices.push([...middle].map((byte) => byte.toString(16).padStart(2, "0")).join(""));
    });
    start.call(this, slice);
  };
}

/** She lends her profile, with what she looked at, by the code on the glass. */
export async function pair({ server }: MirrorStage, shopper: MirrorShopper): Promise<void> {
  const { page, phone, product } = shopper;
  const properties = { product_id: product, name: product, category: "Skirts" };
  const [sent] = await server.send([viewed(phone, "phone", 1, { properties })], { device: phone.secret });
  if (sent?.status !== "accepted") throw new Error(`what she looked at was ${sent?.status}: ${sent?.reason}`);
  await press(page, "Pair your phone");
  await page.locator(".qr").waitFor(TIMEOUT);
  const url = await until("a code that can be read", async () =>
    // It may be drawn anew just then.
    page
      .locator(".qr")
      .screenshot()
      .then(readQrCode, () => undefined),
  );
  const code = new URL(url).hash.slice(1);
  const confirmed = await asPhone(server, "pairings/confirm", {
    code,
    device: phone.secret,
    scope: ["profile", "looks"],
  });
  if (confirmed.status !== 201) throw new Error(`no lease: ${confirmed.status} ${confirmed.body.detail}`);
  shopper.lease = confirmed.body.lease;
  await page.getByRole("heading", { name: "For you" }).waitFor(TIMEOUT);
  await press(page, "Mirror");
}

/** What her phone says of the lease: `reopen` or `end`. */
export async function byPhone({ server }: MirrorStage, shopper: MirrorShopper, word: "reopen" | "end") {
  const { lease, phone } = shopper;
  const { status } = await asPhone(server, `leases/${word}`, { lease, device: phone.secret });
  if (status !== 200) throw new Error(`${word}: ${status}`);
}

/** Begins a recording, and is there when its first slice is stored. */
export async function beginRecording(shopper: MirrorShopper): Promise<void> {
  const { page } = shopper;
  const before = (await slicesOf(page)).length;
  for (let takes = 1; takes <= TAKES; takes++) {
    await press(page, "Record a turn");
    await page.locator(".taking.on").or(noticeOf(page)).first().waitFor(TIMEOUT);
    if (await noticeOf(page).isVisible()) continue;
    await until("a slice of the recording", async () =>
      (await slicesOf(page)).length > before || (await noticeOf(page).isVisible()) ? true : undefined,
    );
    if ((await slicesOf(page)).length > before) return;
  }
  throw new Error(`No recording: ${await page.locator("#mirror").innerText()}`);
}

/** What the mirror says when something did not work. */
export const noticeOf = (page: Page) => page.locator("p.notice[role=alert]");

/** How often somebody tries again whom the mirror asks to, as it does where a busy machine's camera stands still. */
const TAKES = 4;

/** Records a look. */
export async function record({ page }: MirrorShopper): Promise<void> {
  const kept = page.getByRole("heading", { name: "Looks", exact: true });
  const notice = noticeOf(page);
  for (let takes = 1; takes <= TAKES; takes++) {
    await press(page, "Record a turn");
    const isEnded = () => kept.or(notice).first().waitFor(TIMEOUT);
    await isEnded().catch(async () => {
      throw new Error(`No look, and no word why: ${await page.locator("#mirror").innerText()}`);
    });
    if (await kept.isVisible()) return;
  }
  throw new Error(`No look: ${await notice.innerText()}`);
}

/** She sends her looks to her phone: the code is on the glass when all was sent. */
export async function takeHome({ page }: MirrorShopper): Promise<void> {
  await press(page, "Take home");
  await page.locator(".qr").waitFor(TIMEOUT);
}

/** Bytes from the middle of each recorded slice so far. */
export const slicesOf = async (page: Page): Promise<Buffer[]> =>
  (await page.evaluate(() => window.slices ?? []))
    .map((hex) => Buffer.from(hex, "hex"))
    .filter(({ length }) => length === SLICE_BYTES);

/** What is stored of clips: their ids, and bytes from the middle of each sealed chunk. */
export const chunksOf = async (page: Page): Promise<{ ids: string[]; sealed: Buffer[] }> => {
  const { ids, sealed } = await page.evaluate(readChunks);
  return { ids, sealed: sealed.map((hex) => Buffer.from(hex, "hex")) };
};

/** Runs in the page. */
async function readChunks(): Promise<{ ids: string[]; sealed: string[] }> {
  const settled = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.addEventListener("success", () => resolve(request.result));
      request.addEventListener("error", () => reject(request.error!));
    });
  const database = await settled(indexedDB.open("vitrine-clips"));
  const chunks = database.transaction("chunks").objectStore("chunks");
  const [keys, values] = await Promise.all([settled(chunks.getAllKeys()), settled(chunks.getAll())]);
  database.close();
  const middleOf = (bytes: Uint8Array) => bytes.slice(bytes.length / 2, bytes.length / 2 + 16);
  return {
    ids: [...new Set((keys as [string, number][]).map(([id]) => id))],
    sealed: (values as Uint8Array[])
      .filter(({ length }) => length > 64)
      .map((bytes) => [...middleOf(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("")),
  };
}

import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import type { LaunchOptions } from "puppeteer-core";
import type { Camera, CameraState } from "@vitrine/vision";
import { openVisionPage, type VisionPage } from "./support/visionPage.ts";

/** What `seeCamera.js` puts on the page. */
interface PageTools {
  camera: Camera;
  paint: "moving" | "still" | "black";
  superviseFake(): void;
  superviseReal(): void;
}

describe("given a camera in Chromium", () => {
  let vision: VisionPage | undefined;
  afterEach(async () => {
    await vision?.close();
    vision = undefined;
  });

  const open = async (options: LaunchOptions): Promise<VisionPage["page"]> => {
    vision = await openVisionPage(options);
    return vision.page;
  };
  const reaches = (page: VisionPage["page"], kind: CameraState["kind"]) =>
    page.waitForFunction(
      (wanted) => (globalThis as unknown as PageTools).camera.state.kind === wanted,
      {},
      kind,
    );

  it("goes live, and ends its track when it is stopped", async () => {
    const page = await open({
      args: ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
    });
    await page.evaluate(() => (globalThis as unknown as PageTools).superviseReal());
    await reaches(page, "live");
    const states = await page.evaluate(() => {
      const { camera } = globalThis as unknown as PageTools;
      const tracks = camera.stream!.getTracks();
      const kinds = tracks.map(({ kind }) => kind);
      camera.stop();
      return [...kinds, ...tracks.map(({ readyState }) => readyState)];
    });
    assert.deepEqual(states, ["video", "ended"]);
  });

  it("says that it is absent where there is none", async () => {
    const page = await open({
      args: ["--use-fake-device-for-media-stream=device-count=0", "--use-fake-ui-for-media-stream"],
    });
    await page.evaluate(() => (globalThis as unknown as PageTools).superviseReal());
    await reaches(page, "absent");
  });

  it("says that it is denied where the permission is refused", async () => {
    const page = await open({
      args: ["--use-fake-device-for-media-stream", "--deny-permission-prompts"],
    });
    await page.evaluate(() => (globalThis as unknown as PageTools).superviseReal());
    await reaches(page, "denied");
  });

  it("tells black and frozen pictures from living ones, and heals when they live again", async () => {
    const page = await open({});
    await page.evaluate(() => (globalThis as unknown as PageTools).superviseFake());
    for (const [paint, kind] of [
      ["moving", "live"],
      ["black", "black"],
      ["moving", "live"],
      ["still", "frozen"],
      ["moving", "live"],
    ] as const) {
      await page.evaluate((how) => ((globalThis as unknown as PageTools).paint = how), paint);
      await reaches(page, kind);
    }
  });
});

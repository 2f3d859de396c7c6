import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { until } from "../../../mirror/support/running.ts";
import type { MirrorStage } from "./mirrorStage.ts";
import type { MirrorShopper } from "./shopper.ts";
import { clipTracesOf, findInFolder, findInPage, isText, tracesOf, type Trace } from "./traces.ts";
import { TEN_MINUTES_OVER_MS } from "./waysToEnd.ts";

/** All that a shopper could leave, here and at the server. */
export interface Left {
  /** Must not be readable anywhere, not even where a disk remembers what was removed. */
  unsealed: Trace[];
  /** Sealed bytes and names of her clips: harmless without their keys, and still not to be there. */
  clips: Trace[];
  /** What the server has of them until its time is over. */
  parts: Trace[];
}

/** Collected while she is still there. */
export async function whatSheCouldLeave({ server }: MirrorStage, shopper: MirrorShopper): Promise<Left> {
  return {
    unsealed: await tracesOf(shopper),
    clips: await clipTracesOf(shopper),
    parts: filesOf(handoffsOf(server)).map((path) => ({ name: "a part", bytes: middleOf(path) })),
  };
}

const PART_BYTES = 16;

function middleOf(path: string): Buffer {
  const bytes = readFileSync(path);
  return bytes.subarray(bytes.length / 2, bytes.length / 2 + PART_BYTES);
}

const handoffsOf = ({ dataDir }: MirrorStage["server"]): string => join(dataDir, "handoffs");

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));

/** Where something is looked for, and what was found there, a line each. */
export type Found = Record<"folder" | "page" | "server", string[]>;

/** Looks for it: in all that the mirror wrote, in a page and its memory, at the server. */
export async function findLeftovers(
  { folder, server }: MirrorStage,
  page: Page,
  { unsealed, clips, parts }: Left,
): Promise<Found> {
  const names = clips.filter(({ name }) => name.startsWith("a clip's name"));
  // What she looked at stands in her profile, and that is the server's.
  const pictures = [...unsealed.filter((trace) => !isText(trace)), ...clips, ...parts];
  return {
    folder: findInFolder(folder, [...unsealed, ...clips]),
    page: await findInPage(page, [...unsealed.filter(isText), ...names]),
    server: findInFolder(server.dataDir, pictures).map((line) => `${line} of the server`),
  };
}

/** The time of what waits at the server for her phone goes by. */
export async function passHandOffs({ server }: MirrorStage): Promise<void> {
  server.clock.now += TEN_MINUTES_OVER_MS;
  const folder = handoffsOf(server);
  await until("the end of the hand-offs", () => (readdirSync(folder).length === 0 ? true : undefined));
}

import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { parseGlass } from "@vitrine/kiosk/shell";
import { PATIENCE } from "./pulse.ts";

/** What the command line of either shell asks for. */
export interface ShellOptions {
  /** The page's folder. */
  page: string;
  /** False for the page without a camera: then no page is given one, whatever it asks for. */
  hasCamera: boolean;
  /** Where identity and key are kept. */
  data: string;
  isWindowed: boolean;
  /** A `.y4m` or `.mjpeg` file that takes the camera's place. */
  fakeCamera: string | undefined;
  /** Enrols at the start, for installations that nobody types at. */
  enrolment: { code: string; endpoint: string } | undefined;
  silenceMs: number;
  /** Where the box keeps shoppers' profiles; undefined: in memory, where the machine has room for them there. */
  profiles: string | undefined;
  /** The panel as it hangs, as `parseGlass` reads it; the page is told. */
  glass: string | undefined;
  /** Handed on to Chromium, by the box. */
  chromiumFlags: string[];
}

/** Folders that are taken when the command line names none. */
export interface Defaults {
  page: string;
  pageWithoutCamera: string;
  data: string;
}

/** What `--help` says. */
export const HELP = `Shows the memory mirror.
  --data FOLDER          where identity and key are kept
  --page FOLDER          the mirror's page
  --without-camera       the page for cubicles, which has no camera in it; no page gets one
  --windowed             in a window instead of the whole screen
  --fake-camera FILE     a .y4m or .mjpeg file instead of the camera
  --server URL --code C  enrols this kiosk with a code from the console, unless it is enrolled there
  --patience SECONDS     how long the page may be silent before it is started anew (${PATIENCE.silenceMs / 1000})
  --profiles FOLDER      where the box keeps a shopper's profile while she is there (in memory, where there is room)
  --glass 530x940@600    the picture's width and height, and its lower edge above the floor, in mm
  --chromium-flag=FLAG   another flag for Chromium; may be repeated`;

/**
 * Reads the command line. Switches that are not listed are Chromium's, and are left to it.
 * @throws Error with a sentence for the person who installs.
 */
export function readOptions(args: readonly string[], defaults: Defaults): ShellOptions {
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    options: {
      data: { type: "string" },
      page: { type: "string" },
      "without-camera": { type: "boolean" },
      windowed: { type: "boolean" },
      "fake-camera": { type: "string" },
      server: { type: "string" },
      code: { type: "string" },
      patience: { type: "string" },
      profiles: { type: "string" },
      glass: { type: "string" },
      "chromium-flag": { type: "string", multiple: true },
    },
  });
  const text = (name: string): string | undefined => {
    const value = values[name];
    if (value !== undefined && typeof value !== "string") throw new Error(`--${name} needs a value.`);
    return value;
  };
  const seconds = Number(text("patience") ?? PATIENCE.silenceMs / 1000);
  if (!(seconds >= 2)) throw new Error("--patience is a number of seconds, 2 or more.");
  const fakeCamera = text("fake-camera");
  const hasCamera = values["without-camera"] !== true;
  const profiles = text("profiles");
  return {
    page: resolve(text("page") ?? (hasCamera ? defaults.page : defaults.pageWithoutCamera)),
    hasCamera,
    data: resolve(text("data") ?? defaults.data),
    isWindowed: values["windowed"] === true,
    fakeCamera: fakeCamera === undefined ? undefined : resolve(fakeCamera),
    enrolment: readEnrolment(text("server"), text("code")),
    silenceMs: seconds * 1000,
    profiles: profiles === undefined ? undefined : resolve(profiles),
    glass: readGlass(text("glass")),
    chromiumFlags: (values["chromium-flag"] ?? []) as string[],
  };
}

function readGlass(text?: string): string | undefined {
  if (text === undefined || parseGlass(text)) return text;
  throw new Error("--glass is WIDTHxHEIGHT@ABOVE in mm: 530x940@600 hangs 600 mm above the floor.");
}

/** Path of the page, with what it is told at its start. */
export const pagePath = ({ glass }: Pick<ShellOptions, "glass">): string =>
  glass ? `/?glass=${glass}` : "/";

function readEnrolment(endpoint?: string, code?: string): ShellOptions["enrolment"] {
  if (endpoint === undefined && code === undefined) return undefined;
  if (endpoint === undefined || code === undefined) throw new Error("--server and --code go together.");
  return { code, endpoint };
}

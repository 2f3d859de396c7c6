import type { TryOnNote } from "@vitrine/core";
import { guardPage } from "./guardPage.ts";

export { parseGlass, type Glass } from "./reach/glass.ts";
export { isAllowedKey, type KeyPress } from "./allowedKey.ts";

/** What this kiosk is: where its server is, and what the shop calls it. Its key stays outside of the page. */
export interface KioskIdentity {
  /** Address of the server, without a path: `https://vitrine.shop.example`. */
  endpoint: string;
  kioskId: string;
  name: string;
  store: string;
  site: string;
  /** Public key of the rulesets; while keys change several, separated by spaces. */
  rulesKey?: string;
  /** The shop's own origin, where pairing happens. */
  shopUrl: string;
}

/** What the page tells of itself about once a second. */
export interface Health {
  session: "idle" | "open" | "locked";
  /** A state of the camera, as vision names it. */
  camera: string;
  version: string;
  /** Version of the ruleset that is shown; undefined when there is none. */
  rules: number | undefined;
  /** Frames drawn a second. */
  fps: number;
}

/** Methods of {@link Shell.call}. */
export type CallMethod = "GET" | "POST" | "PUT" | "DELETE";

/** What the server answered: parsed JSON where it was JSON. `status` is 0 where the server could not be reached. */
export interface CallAnswer {
  status: number;
  body: unknown;
  /** Seconds that the server asks to wait. */
  retryAfter?: number;
}

/** What the shop asks a kiosk to do. */
export type Command = "reload" | "restart" | "night" | "day" | "wipe";

/** What stands around the mirror's page: the only way from the page to the machine and to the kiosk's key. */
export interface Shell {
  kind: "electron" | "chromium";
  /** What this kiosk is; undefined until it is enrolled. */
  identity(): Promise<KioskIdentity | undefined>;
  /**
   * Trades a code from the console for a key, which the shell keeps. Load the page anew afterwards: its
   * Content-Security-Policy names the server only from then on.
   * @throws Error with a sentence for the person who installs.
   */
  enrol(code: string, endpoint: string): Promise<void>;
  /**
   * Asks the server with the kiosk's key. The shell lets only the kiosk's own paths through.
   * @param body a JSON value, or bytes that travel as they are.
   * @throws Error when the path is not one of a kiosk's, or the kiosk is not enrolled.
   */
  call(method: CallMethod, path: string, body?: unknown): Promise<CallAnswer>;
  /** From the frame loop, about once a second: the page lives and draws. A page that falls silent is started anew. */
  beat(health: Health): void;
  /**
   * Keeps a try-on event until the server has it, over restarts and outages. It is sealed to the server at once: nothing that
   * stays on this machine can be read here.
   * @throws Error when it is no try-on event, or cannot be kept
   */
  track(note: TryOnNote): Promise<void>;
  /** Ends the shopper's partition: forgets all that it stored, and loads the page anew. */
  wipe(): Promise<void>;
  /**
   * Calls `listener` for each command of the shop and returns how to stop. `night` and `day` are the page's to do;
   * the others are told to the page, and done by the shell.
   */
  onCommand(listener: (command: Command) => void): () => void;
}

declare global {
  interface Window {
    /** Put there by the preload script; absent in Chromium. */
    readonly shell?: Shell;
  }
}

/** The shell around this page: Electron's where there is one, else the box that serves the page to Chromium. */
export function openShell(page: Window = window): Shell {
  guardPage(page);
  return page.shell ?? createBoxShell((path, init) => page.fetch(path, init));
}

type Fetch = (path: string, init?: RequestInit) => Promise<Response>;

/** The shell over the box's own paths. A cookie that came with the page tells the box who asks. */
function createBoxShell(fetch: Fetch): Shell {
  const ask = async (
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<unknown> => {
    const isBytes = body instanceof Uint8Array;
    const type = isBytes ? "application/octet-stream" : "application/json";
    const response = await fetch(`/shell/${path}`, {
      method: "POST",
      headers: { "Content-Type": type, ...headers },
      body: isBytes ? (body as BodyInit) : JSON.stringify(body ?? null),
    });
    const answer = (await response.json()) as { result?: unknown; error?: string };
    if (!response.ok) throw new Error(answer.error ?? `The mirror's box answered ${response.status}.`);
    return answer.result;
  };
  return {
    kind: "chromium",
    identity: () => ask("identity") as Promise<KioskIdentity | undefined>,
    enrol: async (code, endpoint) => void (await ask("enrol", { code, endpoint })),
    call: (method, path, body) =>
      (body instanceof Uint8Array
        ? ask("call", body, { "Shell-Method": method, "Shell-Path": path })
        : ask("call", { method, path, body })) as Promise<CallAnswer>,
    // A beat that is lost is made good by the next one; a box that is gone ends the browser anyway.
    beat: (health) => void ask("beat", health).catch(() => undefined),
    track: async (note) => void (await ask("track", note)),
    wipe: async () => void (await ask("wipe")),
    onCommand: (listener) => {
      const stream = new EventSource("/shell/commands");
      stream.addEventListener("command", ({ data }: MessageEvent<string>) => listener(data as Command));
      return () => stream.close();
    },
  };
}

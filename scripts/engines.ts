import { execFileSync } from "node:child_process";
import { existsSync, globSync } from "node:fs";

/** The browser engines that run the SDK's browser tests, in this order. */
export const ENGINE_NAMES = ["chromium", "firefox", "webkit"] as const;

/** One of {@link ENGINE_NAMES}. */
export type EngineName = (typeof ENGINE_NAMES)[number];

/** What an engine consists of on this machine: paths of programs, by their role. */
export interface EngineFiles {
  browser: string;
  /** WebDriver server of WebKitGTK, and the display that its browser needs. */
  driver: string;
  display: string;
}

interface Engine {
  title: string;
  /** Debian's packages. */
  packages: string[];
  /** Where each program may be: an environment variable comes before the known places. */
  places: Partial<Record<keyof EngineFiles, { variable?: string; known: string[] }>>;
}

const ENGINES: Record<EngineName, Engine> = {
  chromium: {
    title: "Chromium",
    packages: ["chromium"],
    places: {
      browser: {
        variable: "CHROME_PATH",
        known: [
          "/usr/bin/chromium",
          "/usr/bin/chromium-browser",
          "/usr/bin/google-chrome",
          "/opt/google/chrome/chrome",
          "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        ],
      },
    },
  },
  firefox: {
    title: "Firefox",
    packages: ["firefox-esr"],
    places: {
      browser: {
        variable: "FIREFOX_PATH",
        known: [
          "/usr/bin/firefox-esr",
          "/usr/bin/firefox",
          "/Applications/Firefox.app/Contents/MacOS/firefox",
        ],
      },
    },
  },
  webkit: {
    title: "WebKitGTK",
    packages: ["webkit2gtk-driver", "xvfb"],
    places: {
      browser: {
        known: ["/usr/lib/*/webkit2gtk-4.1/MiniBrowser", "/usr/libexec/webkit2gtk-4.1/MiniBrowser"],
      },
      driver: { known: ["/usr/bin/WebKitWebDriver"] },
      display: { known: ["/usr/bin/Xvfb"] },
    },
  },
};

const canInstall = () => process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");

/** An engine's name for people. */
export const engineTitle = (name: EngineName): string => ENGINES[name].title;

/** What to do for an engine that is not there, in one clause. */
export const howToInstall = (name: EngineName): string => {
  const { packages, places } = ENGINES[name];
  const variable = places.browser?.variable;
  return `Debian: apt-get install ${packages.join(" ")}${variable ? `, or set ${variable}` : ""}`;
};

/** Finds an engine's programs; undefined when one of them is not there. */
export function findEngine(name: EngineName): EngineFiles | undefined {
  const files: Partial<EngineFiles> = {};
  for (const [role, { variable, known }] of Object.entries(ENGINES[name].places)) {
    const found = (variable && process.env[variable]) || globSync(known)[0];
    if (!found) return undefined;
    files[role as keyof EngineFiles] = found;
  }
  return files as EngineFiles;
}

/** Installs engines from Debian where we may; the caller looks whether they are there. */
export function installEngines(names: readonly EngineName[]): void {
  if (!names.length || !canInstall()) return;
  const options = { stdio: "inherit", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } } as const;
  const install = ["-o", "DPkg::Lock::Timeout=300", "install", "-qy", "--no-install-recommends"];
  const run = (args: string[]) => {
    try {
      execFileSync("apt-get", args, options);
    } catch (error) {
      console.error((error as Error).message);
    }
  };
  run(["update", "-q"]);
  // One by one: what cannot be had keeps nothing else away.
  for (const name of names) run([...install, ...ENGINES[name].packages]);
}

/**
 * The engines that a run must use: those named in `ENGINES` (`chromium,webkit`), all of them in CI, else those that
 * are here.
 */
export function wantedEngines(): EngineName[] {
  const named = process.env["ENGINES"]?.split(",").map((name) => name.trim());
  if (named) {
    const unknown = named.find((name) => !(ENGINE_NAMES as readonly string[]).includes(name));
    if (unknown !== undefined)
      throw new Error(`ENGINES: "${unknown}" is none of ${ENGINE_NAMES.join(", ")}.`);
    return named as EngineName[];
  }
  if (process.env["CI"] === "true") return [...ENGINE_NAMES];
  return ENGINE_NAMES.filter((name) => name === "chromium" || findEngine(name));
}

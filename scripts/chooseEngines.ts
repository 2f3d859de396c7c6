import {
  ENGINE_NAMES,
  engineTitle,
  findEngine,
  howToInstall,
  installEngines,
  wantedEngines,
  type EngineName,
} from "./engines.ts";

/** The engines of a run: those that will run, and those that must but are not there. */
export interface ChosenEngines {
  running: EngineName[];
  missing: EngineName[];
}

const isMissing = (name: EngineName) => !findEngine(name);

/** Installs the engines that CI wants and lacks, and says of each engine what becomes of it. */
export function chooseEngines(): ChosenEngines {
  const wanted = wantedEngines();
  if (process.env["CI"] === "true") installEngines(wanted.filter(isMissing));
  for (const name of ENGINE_NAMES) {
    const isWanted = wanted.includes(name);
    const found = findEngine(name);
    const title = engineTitle(name);
    if (found) console.log(`${title}: ${isWanted ? found.browser : "left out by ENGINES"}`);
    else if (isWanted) console.error(`${title}: asked for and not there (${howToInstall(name)})`);
    else console.log(`${title}: not there, so its tests are left out (${howToInstall(name)})`);
  }
  return { running: wanted.filter((name) => !isMissing(name)), missing: wanted.filter(isMissing) };
}

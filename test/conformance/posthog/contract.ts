import { parse } from "yaml";

/** One step of a case, as published: an action of the adapter, of the mock server, or an assertion. */
export interface Step {
  action: string;
  params?: Record<string, unknown>;
}

/** One case of the contract. */
export interface Case {
  suite: Suite;
  /** `suite/name`, unique over both suites. */
  id: string;
  name: string;
  category: string;
  steps: Step[];
}

/** The two delivery suites: `POST /batch`, and the newer protocol with a word for each event. */
export type Suite = "capture" | "capture_v1";

const FILES: Record<Suite, string> = {
  capture: "capture_tests.yaml",
  capture_v1: "capture_analytics_v1_tests.yaml",
};

interface SuiteFile {
  categories: Record<string, { tests: { name: string; steps: Step[] }[] }>;
}

/** Reads all cases of both suites, in their order. */
export async function readCases(): Promise<Case[]> {
  const suites = Object.entries(FILES).map(async ([suite, file]) => {
    const response = await fetch(new URL(`../cases/posthog/${file}`, import.meta.url));
    const { categories } = parse(await response.text()) as SuiteFile;
    return Object.entries(categories).flatMap(([category, { tests }]) =>
      tests.map(({ name, steps }) => ({
        suite: suite as Suite,
        id: `${suite}/${name}`,
        name,
        category,
        steps,
      })),
    );
  });
  return (await Promise.all(suites)).flat();
}

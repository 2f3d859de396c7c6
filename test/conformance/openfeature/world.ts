import {
  OpenFeature,
  type Client,
  type EvaluationContext,
  type EvaluationDetails,
  type FlagEvaluationOptions,
  type HookContext,
  type JsonValue,
} from "@openfeature/web-sdk";
import { createProvider } from "../../../packages/openfeature/src/index.ts";
import { createSigner } from "../../browser/support/createSigner.ts";
import { createTestOrigin, type TestOrigin } from "../../browser/support/testOrigin.ts";
import { flagRules } from "./flagRules.ts";

/** What the steps of one scenario share: the real SDK in a page of its own, the provider over it, a client. */
export interface World {
  client: Client;
  flag: { type: string; key: string; fallback: JsonValue };
  details: EvaluationDetails<JsonValue>;
  /** What hooks heard, by stage. */
  heard: Record<string, unknown[]>;
  options: FlagEvaluationOptions;
  context: EvaluationContext;
  /** The context as rules saw it at the last evaluation. */
  seen: EvaluationContext | undefined;
  setContext: (context: EvaluationContext) => Promise<void>;
  setApiContext: (context: EvaluationContext) => Promise<void>;
  start: (kind: string) => Promise<void>;
  evaluate: (type: string, key: string, fallback: JsonValue) => EvaluationDetails<JsonValue>;
  close: () => Promise<void>;
}

let count = 0;

// Providers that fail are some of the cases, and no news.
OpenFeature.setLogger({ error() {}, warn() {}, info() {}, debug() {} });

const NEVER = new Promise<never>(() => {});
const NOT_AFTER = Date.parse("2026-11-03T00:00:00Z");

/** Makes the surroundings of a scenario. */
export async function createWorld(flags: Parameters<typeof flagRules>[0]): Promise<World> {
  const domain = `scenario-${count++}`;
  /** One for each provider: what an earlier one stored is another site's. */
  const origins: TestOrigin[] = [];
  const world: World = {
    client: OpenFeature.getClient(domain),
    flag: { type: "Boolean", key: "boolean-flag", fallback: false },
    details: undefined as never,
    heard: {},
    options: {},
    context: {},
    seen: undefined,
    setContext: async (context) => OpenFeature.setContext(domain, (world.context = context)),
    setApiContext: async (context) => OpenFeature.setContext(context),
    start: (kind) => {
      const origin = createTestOrigin();
      origins.push(origin);
      return startProvider(kind, world, { origin, domain, flags });
    },
    evaluate: (type, key, fallback) => evaluate(world, type, key, fallback),
    close: async () => {
      await OpenFeature.clearContexts();
      await OpenFeature.clearProviders();
      for (const origin of origins) await origin.close();
    },
  };
  return world;
}

interface Setting {
  origin: TestOrigin;
  domain: string;
  flags: Parameters<typeof flagRules>[0];
}

/** Starts the SDK and the provider in one of the states that the cases name. */
async function startProvider(kind: string, world: World, { origin, domain, flags }: Setting): Promise<void> {
  const { rulesKey, sign } = await createSigner();
  const { collector } = origin;
  collector.rules = await sign({ rules: flagRules(flags), notAfter: NOT_AFTER });
  const isQuiet = kind === "not ready" || kind === "error";
  if (isQuiet) collector.intercept = ({ path }) => (path === "rules" ? NEVER : undefined);
  const other = kind === "fatal" ? (await createSigner()).rulesKey : rulesKey;
  const { vitrine } = origin.open({ rulesKey: other });
  const provider = createProvider(
    {
      ...vitrine,
      decide: (placement, app) => {
        world.seen = app as EvaluationContext;
        return vitrine.decide(placement, app);
      },
    },
    { timeoutMs: kind === "error" ? 20 : 60_000 },
  );
  if (kind === "not ready") {
    OpenFeature.setProvider(domain, provider);
    return;
  }
  await OpenFeature.setProviderAndWait(domain, provider).catch((cause: unknown) => {
    if (!["error", "fatal"].includes(kind)) throw cause;
  });
  if (kind !== "stale") return;
  await origin.advance(NOT_AFTER - origin.now());
  evaluate(world, "Boolean", "boolean-flag", false);
}

/** Evaluates as the type that a case names: numbers are one type here. */
function evaluate(
  { client, options }: World,
  type: string,
  key: string,
  fallback: JsonValue,
): EvaluationDetails<JsonValue> {
  if (type === "Boolean") return client.getBooleanDetails(key, fallback as boolean, options);
  if (type === "String") return client.getStringDetails(key, fallback as string, options);
  if (type === "Object") return client.getObjectDetails(key, fallback, options);
  return client.getNumberDetails(key, fallback as number, options);
}

/** The stages of a hook, each noting what it was told. */
export function listen(heard: World["heard"]): Record<"before" | "after" | "error" | "finally", () => void> {
  const note =
    (stage: string) =>
    (_context: HookContext, told?: unknown): void =>
      void (heard[stage] ??= []).push(told);
  return {
    before: note("before"),
    after: note("after"),
    error: note("error"),
    // A hook that fails tells its error, and details come after hints.
    finally: note("finally"),
  } as never;
}

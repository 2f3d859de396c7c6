import {
  OpenFeature,
  type Client,
  type EvaluationContext,
  type EvaluationDetails,
  type FlagEvaluationOptions,
  type HookContext,
  type JsonValue,
} from "@openfeature/web-sdk";
import type { Vitrine } from "@vitrine/browser";
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

/** A page with the SDK in one of the states that the cases name. */
interface Opened {
  origin: TestOrigin;
  vitrine: Vitrine;
}

/** Makes worlds. What is stable serves all of them: a scenario changes the client and its context, and nothing of the SDK. */
export interface Worlds {
  create: () => World;
  close: () => Promise<void>;
}

/** Opens what the scenarios run on. */
export function createWorlds(flags: Parameters<typeof flagRules>[0]): Worlds {
  let stable: Promise<Opened> | undefined;
  const openStable = () => (stable ??= open("stable", flags));
  return {
    create: () => createWorld((kind) => (kind === "stable" ? openStable() : open(kind, flags)), openStable),
    close: async () => (await stable)?.origin.close(),
  };
}

async function open(kind: string, flags: Parameters<typeof flagRules>[0]): Promise<Opened> {
  const origin = createTestOrigin();
  const { rulesKey, sign } = await createSigner();
  const { collector } = origin;
  collector.rules = await sign({ rules: flagRules(flags), notAfter: NOT_AFTER });
  const isQuiet = kind === "not ready" || kind === "error";
  if (isQuiet) collector.intercept = ({ path }) => (path === "rules" ? NEVER : undefined);
  const other = kind === "fatal" ? (await createSigner()).rulesKey : rulesKey;
  return { origin, vitrine: origin.open({ rulesKey: other }).vitrine };
}

function createWorld(openSdk: (kind: string) => Promise<Opened>, openStable: () => Promise<Opened>): World {
  const domain = `scenario-${count++}`;
  const own: Opened[] = [];
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
    start: async (kind) => {
      const opened = await openSdk(kind);
      if (opened !== (await openStable())) own.push(opened);
      await startProvider(kind, { world, domain, opened });
    },
    evaluate: (type, key, fallback) => evaluate(world, type, key, fallback),
    close: async () => {
      await OpenFeature.clearContexts();
      await OpenFeature.clearProviders();
      for (const { origin } of own) await origin.close();
    },
  };
  return world;
}

interface Setting {
  world: World;
  domain: string;
  opened: Opened;
}

/** Gives a client the provider over an SDK, and brings it into its state. */
async function startProvider(kind: string, { world, domain, opened }: Setting): Promise<void> {
  const { origin, vitrine } = opened;
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

import { expect } from "@esm-bundle/chai";
import type { EvaluationContext, JsonValue } from "@openfeature/web-sdk";
import type { Step } from "./parseFeature.ts";
import { listen, type World } from "./world.ts";

type Run = (world: World, args: string[], table: string[][]) => void | Promise<void>;

const TEXT = '"((?:\\\\.|[^"\\\\])*)"';
const unescape = (text: string) => text.replaceAll('\\"', '"');
const capitalised = (type: string) => type[0]!.toUpperCase() + type.slice(1);

/** A value as the cases write it, in the type they name. */
function valueOf(type: string, text: string): JsonValue {
  if (/^string$/i.test(type)) return unescape(text);
  return text === "null" ? null : (JSON.parse(unescape(text)) as JsonValue);
}

const setFlag = (world: World, [type, key, fallback]: string[]): void => {
  const known = capitalised(type!);
  world.flag = { type: known, key: key!, fallback: valueOf(known, fallback!) };
};

const evaluateFlag: Run = (world) => {
  const { type, key, fallback } = world.flag;
  world.details = world.evaluate(type, key, fallback);
};

/** Of the older cases: evaluates at once, with the type in the sentence. */
const evaluateNow: Run = (world, [type, key, fallback]) => {
  setFlag(world, [type!, key!, fallback!]);
  return evaluateFlag(world, [], []);
};

const addContext = (world: World, more: EvaluationContext) => world.setContext({ ...world.context, ...more });

const expectFields: Run = ({ details }, [a, b, c, one, two, three]) => {
  expect(details.value).to.deep.equal({ [a!]: one === "true", [b!]: two, [c!]: Number(three) });
};

/** Details as a table of a hook names them. */
const expectTold = (world: World, stages: string, table: string[][]) => {
  for (const stage of stages.split(", ")) {
    const told = world.heard[stage]?.at(-1) as Record<string, unknown> | undefined;
    for (const [type, key, value] of table.slice(1)) {
      const name = key!.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
      expect(told?.[name], `${stage}: ${key}`).to.equal(
        value === "null" ? undefined : valueOf(type!, value!),
      );
    }
  }
};

/** Every sentence of the cases, and what it does. `{}` is a text in quotes. */
const STEPS: [sentence: string, run: Run][] = [
  ["a stable provider", (world) => world.start("stable")],
  ["a stable provider with retrievable context is registered", (world) => world.start("stable")],
  ["an? (not ready|error|fatal|stale|stable) provider", (world, [kind]) => world.start(kind!)],
  ["an? (\\w+)-flag with key {} and a fallback value {}", setFlag],
  ["the flag was evaluated with details(?: using the evaluation options)?", evaluateFlag],
  [
    "a context containing a key {}, with type {} and with value {}",
    (world, [key, type, value]) => addContext(world, { [key!]: valueOf(type!, value!) }),
  ],
  ["a context containing a key {} with null value", (world, [key]) => addContext(world, { [key!]: null })],
  [
    "the resolved details value should be {}",
    ({ details, flag }, [value]) => void expect(details.value).to.deep.equal(valueOf(flag.type, value!)),
  ],
  ["the reason should be {}", ({ details }, [reason]) => void expect(details.reason).to.equal(reason)],
  ["the error-code should be {}", ({ details }, [code]) => void expect(details.errorCode).to.equal(code)],
  ["the flag key should be {}", ({ details }, [key]) => void expect(details.flagKey).to.equal(key)],
  ["the variant should be {}", ({ details }, [variant]) => void expect(details.variant).to.equal(variant)],
  [
    "the resolved metadata should contain",
    ({ details }, _, table) => {
      for (const [key, type, value] of table.slice(1))
        expect(details.flagMetadata[key!]).to.equal(valueOf(type!, value!));
    },
  ],
  ["the resolved metadata is empty", ({ details }) => void expect(details.flagMetadata).to.deep.equal({})],
  [
    "the provider status should be {}",
    ({ client }, [status]) => void expect(client.providerStatus).to.equal(status),
  ],
  // Hooks.
  ["a client with added hook", ({ client, heard }) => void client.addHooks(listen(heard))],
  [
    "the {} hook should have been executed",
    ({ heard }, [stage]) => void expect(heard[stage!]).to.have.length(1),
  ],
  [
    "the {} hooks should be called with evaluation details",
    (world, [stages], table) => expectTold(world, stages!, table),
  ],
  [
    "evaluation options containing specific hooks",
    (world) => void (world.options = { hooks: [listen(world.heard), order(world, "second")] }),
  ],
  [
    "the specified hooks should execute during evaluation",
    ({ heard }) => {
      for (const stage of ["before", "after", "finally"]) expect(heard[stage]).to.have.length(1);
    },
  ],
  [
    "the hook order should be maintained",
    ({ heard }) => void expect(heard["second"]).to.deep.equal(["after first"]),
  ],
  // What must not change.
  [
    "an evaluation context with modifiable data",
    (world) => addContext(world, { nested: { list: [1], at: new Date(0) } }),
  ],
  [
    "the original evaluation context should remain unmodified",
    ({ context }) => void expect(context).to.deep.equal({ nested: { list: [1], at: new Date(0) } }),
  ],
  [
    "the evaluation details should be immutable",
    ({ details }) => void expect(Object.isFrozen(details.flagMetadata)).to.equal(true),
  ],
  // Context on its levels.
  [
    "A context entry with key {} and value {} is added to the {} level",
    async (world, [key, value, level]) => {
      if (level === "API") return world.setApiContext({ [key!]: value! });
      if (level === "Client") return addContext(world, { [key!]: value! });
      throw new Error(`a web client has no level "${level}"`);
    },
  ],
  ["A table with levels of increasing precedence", () => {}],
  [
    "Context entries for each level from API level down to the {} level, with key {} and value {}",
    async (world, [level, key, value]) => {
      await world.setApiContext({ [key!]: "API" });
      if (level === "Client") await addContext(world, { [key!]: value! });
      else if (level !== "API") throw new Error(`a web client has no level "${level}"`);
    },
  ],
  ["Some flag was evaluated", evaluateFlag],
  [
    "The merged context contains an entry with key {} and value {}",
    ({ seen }, [key, value]) => void expect(seen?.[key!]).to.equal(value),
  ],
  // The older sentences.
  ["a (boolean|string) flag with key {} is evaluated with (?:details and )?default value {}", evaluateNow],
  [
    "an? (integer|float) flag with key {} is evaluated with (?:details and )?default value ([\\d.]+)",
    evaluateNow,
  ],
  [
    "an object flag with key {} is evaluated with (?:details and )?a null default value",
    (world, [key]) => evaluateNow(world, ["object", key!, "null"], []),
  ],
  [
    "the resolved (boolean|string) (?:details )?value should be {}(?:, the variant should be {}, and the reason should be {})?",
    ({ details }, [type, value, variant, reason]) => {
      expect(details.value).to.equal(valueOf(type!, value!));
      if (variant !== undefined) expect(details).to.include({ variant, reason });
    },
  ],
  [
    "the resolved (integer|float) (?:details )?value should be ([\\d.]+)(?:, the variant should be {}, and the reason should be {})?",
    ({ details }, [type, value, variant, reason]) => {
      expect(details.value).to.equal(valueOf(type!, value!));
      if (variant !== undefined) expect(details).to.include({ variant, reason });
    },
  ],
  [
    "the resolved object (?:details )?value should be contain fields {}, {}, and {}, with values {}, {} and (\\d+), respectively",
    expectFields,
  ],
  [
    "the variant should be {}, and the reason should be {}",
    ({ details }, [variant, reason]) => void expect(details).to.include({ variant, reason }),
  ],
  [
    "context contains keys {}, {}, {}, {} with values {}, {}, (\\d+), {}",
    (world, [fn, ln, age, customer, first, last, years, isCustomer]) =>
      addContext(world, {
        [fn!]: first!,
        [ln!]: last!,
        [age!]: Number(years),
        [customer!]: isCustomer === "true",
      }),
  ],
  [
    "a flag with key {} is evaluated with default value {}",
    (world, [key, value]) => evaluateNow(world, ["string", key!, value!], []),
  ],
  [
    "the resolved string response should be {}",
    ({ details }, [value]) => void expect(details.value).to.equal(value),
  ],
  [
    "the resolved flag value is {} when the context is empty",
    async (world, [value]) => {
      await world.setContext({});
      await evaluateFlag(world, [], []);
      expect(world.details.value).to.equal(value);
    },
  ],
  [
    "a non-existent string flag with key {} is evaluated with details and a fallback value {}",
    (world, [key, value]) => evaluateNow(world, ["string", key!, value!], []),
  ],
  [
    "a string flag with key {} is evaluated as an integer, with details and a fallback value (\\d+)",
    (world, [key, value]) => evaluateNow(world, ["integer", key!, value!], []),
  ],
  [
    "the default (string|integer) value should be returned",
    ({ details, flag }) => void expect(details.value).to.equal(flag.fallback),
  ],
  [
    "the reason should indicate an error and the error code should indicate a (?:missing flag|type mismatch) with {}",
    ({ details }, [errorCode]) => void expect(details).to.include({ reason: "ERROR", errorCode }),
  ],
];

/** A hook that notes whether it runs after those before it. */
const order = ({ heard }: World, name: string) => ({
  before: () => void (heard[name] ??= []).push(heard["before"] ? "after first" : "before first"),
});

const PATTERNS = STEPS.map(([sentence, run]) => ({
  pattern: new RegExp(`^${sentence.replaceAll("{}", TEXT)}$`),
  run,
}));

/** Runs one step of a scenario; an unknown sentence is an error. */
export async function runStep(world: World, { text, table }: Step): Promise<void> {
  for (const { pattern, run } of PATTERNS) {
    const found = pattern.exec(text);
    if (found)
      return run(
        world,
        found.slice(1).map((one) => (one === undefined ? one : unescape(one))),
        table,
      );
  }
  throw new Error(`no such step: ${text}`);
}

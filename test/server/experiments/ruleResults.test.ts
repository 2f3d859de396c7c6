import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { RuleResults } from "../../../packages/server/src/experiments/ruleResults.ts";
import { newDevice, NOW, runVitrine, type Device, type Running } from "../support/runVitrine.ts";

const SPLIT = { key: "hello", variants: ["control", "on"], weights: [0.5, 0.5] };

const rules = (experiment: object | undefined, text = "Hello") => ({
  rules: [
    {
      id: "hello",
      placement: "home-hero",
      action: { type: "message", text: { en: text } },
      ...(experiment && { experiment }),
    },
  ],
});

async function call(running: Running, method: string, path: string, body?: unknown) {
  const answer = await fetch(`${running.url}/v1/admin${path}`, {
    method,
    headers: { Authorization: `Bearer ${running.secretKey}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as unknown };
}

async function publish(running: Running, content: object): Promise<number> {
  assert.equal((await call(running, "PUT", "/rules/draft", content)).status, 200);
  const { status, body } = await call(running, "POST", "/rules/publish", {});
  assert.equal(status, 200);
  return (body as { version: number }).version;
}

async function results(running: Running, rule = "hello"): Promise<RuleResults> {
  running.clock.now += 61_000; // the one before is no longer good
  const { status, body } = await call(running, "GET", `/rules/results/${rule}`);
  assert.equal(status, 200);
  return body as RuleResults;
}

interface Visit {
  device?: Device;
  version: number;
  variant: string;
  /** After the exposure, in minutes; negative is before it. */
  order?: {
    id: string;
    after?: number;
    total: number;
    currency?: string;
    returned?: string;
    cancelled?: true;
  };
  consent?: string[];
}

let visits = 0;

/** One visit: the content is shown, and perhaps something is bought. */
async function visit(
  running: Running,
  { device = newDevice(), version, variant, order, consent }: Visit,
): Promise<Device> {
  const writer = `w${++visits}`;
  const events: object[] = [];
  const add = (event: string, properties: object, at: number) =>
    events.push({
      type: "track",
      event,
      messageId: `${writer}-${events.length + 1}`,
      anonymousId: device.id,
      timestamp: new Date(at).toISOString(),
      properties,
      context: { writer: { id: writer, seq: events.length + 1 }, ...(consent && { consent }) },
    });
  const at = NOW - 3_600_000;
  const shown = () => add("Content Shown", { placement: "home-hero", rule: "hello", variant, version }, at);
  const isLater = (order?.after ?? 5) >= 0;
  if (isLater) shown();
  if (order) {
    const { id, after = 5, total, currency = "EUR", returned, cancelled } = order;
    const then = at + after * 60_000;
    const products = [{ product_id: "coat", quantity: 1 }];
    add("Order Completed", { order_id: id, total, currency, products }, then);
    if (returned) add("Order Refunded", { order_id: id, reason: returned, products }, then + 1000);
    if (cancelled) add("Order Cancelled", { order_id: id }, then + 1000);
  }
  if (!isLater) shown();
  const answers = await running.send(events, { device: device.secret });
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], ["accepted"]);
  return device;
}

const metricsOf = ({ tally }: RuleResults, variant: string) => {
  const { visitors, metrics } = tally!.variants.find((one) => one.variant === variant)!;
  const mean = (name: keyof typeof metrics) => metrics[name].mean;
  return {
    visitors,
    conversion: mean("conversion"),
    revenue: mean("revenue"),
    sizeReturns: mean("sizeReturns"),
  };
};

describe("the results of a rule", () => {
  it("count orders after the first exposure, once a person, returns for size, and no cancelled order", async (t) => {
    const running = await runVitrine(t);
    const version = await publish(running, rules(SPLIT));
    const on = { version, variant: "on" };
    await visit(running, { ...on, order: { id: "1", total: 100 } });
    await visit(running, { ...on, order: { id: "2", total: 50, returned: "too small" } });
    await visit(running, { ...on, order: { id: "3", total: 70, after: -5 } });
    await visit(running, { ...on, order: { id: "4", total: 70, cancelled: true } });
    await visit(running, {
      version,
      variant: "control",
      order: { id: "5", total: 40, returned: "changed my mind" },
    });
    await visit(running, { version, variant: "control", order: { id: "6", total: 9, currency: "CHF" } });
    const found = await results(running);
    assert.deepEqual(metricsOf(found, "on"), {
      visitors: 4,
      conversion: 0.5,
      revenue: 37.5,
      sizeReturns: 0.5,
    });
    assert.deepEqual(metricsOf(found, "control"), {
      visitors: 2,
      conversion: 1,
      revenue: 20,
      sizeReturns: 0,
    });
    assert.deepEqual([found.tally!.currency, found.mixed, found.isSample], ["EUR", 0, false]);
    assert.equal(found.tally!.variants[0]!.metrics.conversion.comparison, null);
    assert.equal(found.tally!.variants[1]!.metrics.conversion.comparison!.verdict, "notEnough");
  });

  it("leave out who was shown both, who allowed no analytics, and variants that there are not", async (t) => {
    const running = await runVitrine(t);
    const version = await publish(running, rules(SPLIT));
    const device = await visit(running, { version, variant: "on" });
    const next = await publish(running, { ...rules(SPLIT), groups: { vips: ["anna"] } });
    await visit(running, { device, version: next, variant: "control" });
    await visit(running, { version: next, variant: "on", consent: ["personalization"] });
    await visit(running, { version: next, variant: "of another rule" });
    await visit(running, { version: next, variant: "on" });
    const found = await results(running);
    assert.deepEqual(
      [found.mixed, metricsOf(found, "on").visitors, metricsOf(found, "control").visitors],
      [1, 1, 0],
    );
    assert.deepEqual([found.sinceVersion, found.since], [version, NOW]);
  });

  it("begin anew when the split or the action changes, and go on over versions that leave both alone", async (t) => {
    const running = await runVitrine(t);
    const first = await publish(running, rules(SPLIT));
    await visit(running, { version: first, variant: "on" });
    const second = await publish(running, rules(SPLIT, "Hello again"));
    await visit(running, { version: second, variant: "control" });
    const third = await publish(running, { ...rules(SPLIT, "Hello again"), groups: { vips: ["anna"] } });
    await visit(running, { version: third, variant: "on" });
    const found = await results(running);
    assert.equal(found.sinceVersion, second);
    assert.deepEqual([metricsOf(found, "on").visitors, metricsOf(found, "control").visitors], [1, 1]);
  });

  it("see that a split is not what the rule says", async (t) => {
    const running = await runVitrine(t);
    const version = await publish(running, rules({ ...SPLIT, weights: [0.1, 0.9] }));
    for (let i = 0; i < 40; i++) await visit(running, { version, variant: "control" });
    const { tally } = await results(running);
    assert.equal(tally!.ratio.isBroken, true);
  });

  it("say that there is no split, or no such rule", async (t) => {
    const running = await runVitrine(t);
    await publish(running, rules(undefined));
    const { experiment, tally } = await results(running);
    assert.deepEqual([experiment, tally], [null, null]);
    assert.equal((await call(running, "GET", "/rules/results/unknown")).status, 404);
  });

  it("outlive a restart", async (t) => {
    const running = await runVitrine(t);
    const version = await publish(running, rules(SPLIT));
    await visit(running, { version, variant: "on", order: { id: "1", total: 100 } });
    const again = await running.restart();
    assert.equal(metricsOf(await results(again), "on").conversion, 1);
  });
});

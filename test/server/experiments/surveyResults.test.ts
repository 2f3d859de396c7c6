import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { RuleResults } from "../../../packages/server/src/experiments/ruleResults.ts";
import { asKey } from "../support/asKey.ts";
import { newDevice, NOW, runVitrine, type Device, type Running } from "../support/runVitrine.ts";

const SURVEY = {
  id: "asked",
  placement: "order-survey",
  purposes: ["analytics"],
  action: {
    type: "survey",
    survey: "ease",
    kind: "nps",
    title: { en: "Would you recommend us?" },
    low: { en: "No" },
    high: { en: "Yes" },
  },
};
const NOTE = { id: "note", placement: "p", action: { type: "message", text: { en: "Hello" } } };

let count = 0;

async function answer(
  { url, siteKey }: Running,
  score: unknown,
  {
    device = newDevice(),
    minutes = 0,
    consent = ["analytics"],
    survey = "ease",
  }: {
    device?: Device;
    minutes?: number;
    consent?: string[];
    survey?: string;
  } = {},
): Promise<Device> {
  const writer = `s${++count}`;
  const event = {
    type: "track",
    event: "Survey Answered",
    messageId: writer,
    anonymousId: device.id,
    timestamp: new Date(NOW - 3_600_000 + minutes * 60_000).toISOString(),
    properties: { survey_id: survey, score },
    context: { writer: { id: writer, seq: 1 }, consent },
  };
  const response = await fetch(`${url}/v1/batch`, {
    method: "POST",
    headers: { "Content-Type": "text/plain" },
    body: JSON.stringify({
      writeKey: siteKey,
      device: device.secret,
      sentAt: new Date(NOW).toISOString(),
      batch: [event],
    }),
  });
  assert.equal(response.status, 200);
  return device;
}

describe("the results of a survey", () => {
  it("are the newest answers of those who allowed it, scored exactly", async (t) => {
    const running = await runVitrine(t);
    const admin = asKey(running, running.secretKey);
    await admin("PUT", "/v1/admin/rules/draft", { rules: [SURVEY, NOTE] });
    await admin("POST", "/v1/admin/rules/publish", {});
    const read = async (rule = "asked") => {
      running.clock.now += 61_000; // the one before is no longer good
      return (await admin<RuleResults>("GET", `/v1/admin/rules/results/${rule}`)).body;
    };
    assert.deepEqual((await read()).survey, {
      kind: "nps",
      answers: 0,
      counts: Array.from({ length: 11 }, () => 0),
      top: 0,
      score: null,
    });
    const ada = await answer(running, 2, { minutes: 1 });
    await answer(running, 9, { device: ada, minutes: 3 });
    // An earlier word that comes late changes nothing.
    await answer(running, 0, { device: ada, minutes: 2 });
    for (const score of [10, 10, 7, 3]) await answer(running, score);
    await answer(running, 0, { consent: ["personalization"] });
    await answer(running, 0, { survey: "other" });
    for (const odd of [11, -1, 4.5, "9", null]) await answer(running, odd);
    const { survey } = await read();
    assert.deepEqual(
      { answers: survey!.answers, top: survey!.top, score: survey!.score },
      { answers: 5, top: 2, score: 40 },
    );
    assert.equal((await read("note")).survey, null);
  });
});

import { expect } from "@esm-bundle/chai";
import { presentSurvey, type SurveyOutcome } from "../../../packages/core/src/index.ts";
import type { ActionsHost } from "../../../packages/browser/src/actions/index.ts";
import { answerSurvey } from "../../../packages/browser/src/actions/survey.ts";
import { buildContent } from "../../../packages/browser/src/slots/buildContent.ts";

const SURVEY: SurveyOutcome = {
  type: "survey",
  survey: "csat-1",
  kind: "csat",
  title: "How was it?",
  low: "Bad",
  high: "Good",
  words: { send: "Send", dismiss: "No, thanks" },
};

describe("a survey in a page", () => {
  let slot: HTMLElement;
  let told: object[];
  let settled: boolean[];
  const host = () =>
    ({
      _engine: {
        _ruleset: {
          rules: [
            null,
            { action: { type: "survey", survey: "csat-1", kind: "csat", thanks: { en: "Ta!" } } },
          ],
        },
        _capture: ({ event, properties }: { event: string; properties: object }) =>
          void told.push({ event, ...properties }),
      },
      _settle: (_: Element, isGivenBack: boolean) => void settled.push(isGivenBack),
    }) as unknown as ActionsHost;
  const radios = () => [...slot.querySelectorAll<HTMLInputElement>("input")];
  const press = (act: string) => {
    const element = slot.querySelector<HTMLElement>(`[data-vitrine-act="survey.${act}"]`)!;
    element.focus();
    answerSurvey(host(), { act: `survey.${act}`, element, placement: "here", event: new Event("click") });
  };

  beforeEach(() => {
    [told, settled] = [[], []];
    slot = document.createElement("div");
    slot.append(...buildContent(presentSurvey(SURVEY, "Because."), document));
    document.body.append(slot);
  });
  afterEach(() => slot.remove());

  it("is a named group of radio buttons, one to choose, its ends named", () => {
    expect(slot.querySelector("fieldset > legend")!.textContent).to.equal("How was it?");
    expect(radios().map(({ type, value, labels }) => [type, value, labels![0]!.textContent])).to.deep.equal(
      [1, 2, 3, 4, 5].map((value) => ["radio", `${value}`, `${value}`]),
    );
    expect(radios().map(({ ariaLabel }) => ariaLabel)).to.deep.equal(["1, Bad", null, null, null, "5, Good"]);
    radios()[1]!.click();
    radios()[3]!.click();
    expect(
      radios()
        .filter(({ checked }) => checked)
        .map(({ value }) => value),
    ).to.deep.equal(["4"]);
  });

  it("sends nothing before something is chosen: the focus goes to the scale", () => {
    press("send");
    expect(told).to.deep.equal([]);
    expect(document.activeElement).to.equal(radios()[0]);
  });

  it("tells the answer once, and thanks where the focus is", () => {
    radios()[3]!.click();
    press("send");
    expect(told).to.deep.equal([
      { event: "Survey Answered", survey_id: "csat-1", kind: "csat", placement: "here", score: 4 },
    ]);
    expect(slot.textContent).to.equal("Ta!");
    expect(document.activeElement).to.equal(slot.querySelector("[role=status]"));
    expect(settled).to.deep.equal([false]);
  });

  it("goes when it is dismissed, which is told as well", () => {
    press("dismiss");
    expect(told).to.deep.equal([
      { event: "Survey Dismissed", survey_id: "csat-1", kind: "csat", placement: "here" },
    ]);
    expect(settled).to.deep.equal([true]);
  });
});

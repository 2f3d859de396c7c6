import { SCALES, type SurveyScore } from "@vitrine/core";
import type { JSX } from "preact";
import { strings } from "../strings.ts";
import { formatNumber, formatShare } from "../ui/format.ts";
import { Card } from "../ui/parts.tsx";

const text = strings.results.survey;

/** What a survey came to: its score, how that is made, and how often each answer was given. */
export function SurveyCard({ survey }: { survey: SurveyScore }): JSX.Element {
  const { kind, answers, counts, score } = survey;
  const most = Math.max(1, ...counts);
  return (
    <Card title={text.names[kind]} icon="star">
      {score === null ? (
        <p>{text.none}</p>
      ) : (
        <div class="stack tight">
          <p class="strong">{text.scores[kind](formatNumber(Math.round(score * 10) / 10))}</p>
          <p class="soft small">
            {text.made[kind]} {text.people(formatNumber(answers))}
          </p>
          <table>
            <thead>
              <tr>
                <th scope="col">{text.answer}</th>
                <th scope="col" class="right number">
                  {text.given}
                </th>
                <th scope="col" class="right number">
                  {text.share}
                </th>
              </tr>
            </thead>
            <tbody>
              {counts.map((count, i) => (
                <tr key={i}>
                  <th scope="row">
                    <span class="answer">
                      <span class="number">{SCALES[kind].from + i}</span>
                      <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                        <rect width={(100 * count) / most} height={8} rx={1} />
                      </svg>
                    </span>
                  </th>
                  <td class="right number">{formatNumber(count)}</td>
                  <td class="right number">{formatShare(count / answers)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}

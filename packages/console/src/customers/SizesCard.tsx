import { usualSize, type ProfileView, type SizeVote, type UsualSize } from "@vitrine/core";
import type { JSX } from "preact";
import { strings } from "../strings.ts";
import { formatDay } from "../ui/format.ts";
import { Card, Chip } from "../ui/parts.tsx";
import { sizePages } from "./decideFor.ts";

const text = strings.customer;

/** What is known of sizes, for each garment group: what would be done with it, and the evidence. */
export function SizesCard({ profile, now }: { profile: ProfileView; now: number }): JSX.Element {
  const pages = sizePages(profile.sizes);
  return (
    <Card title={text.sizes} icon="ruler">
      {pages.length === 0 && <p class="soft">{text.noSizes}</p>}
      <div class="sizes">
        {pages.map(({ label, product }) => {
          const question = {
            group: product.sizeGroup!,
            system: product.sizeSystem!,
            ...(product.department ? { department: product.department } : {}),
          };
          const votes = profile.sizes.filter((vote) => isAbout(vote, question));
          return (
            <SizeGroup
              key={label}
              label={label}
              usual={usualSize(profile.sizes, question, now)}
              votes={votes}
            />
          );
        })}
      </div>
    </Card>
  );
}

function isAbout(vote: SizeVote, question: { group: string; system: string; department?: string }): boolean {
  return (
    vote.group === question.group &&
    vote.system === question.system &&
    vote.department === (question.department ?? "")
  );
}

function SizeGroup({
  label,
  usual,
  votes,
}: {
  label: string;
  usual: UsualSize;
  votes: readonly SizeVote[];
}): JSX.Element {
  const labels = usual.kind === "none" ? [] : usual.kind === "ask" ? usual.labels : [usual.label];
  return (
    <div class="stack tight">
      <div class="row">
        {labels.map((one) => (
          <span key={one} class={`size-label ${usual.kind}`}>
            {one}
          </span>
        ))}
        <div>
          <p class="strong">{label}</p>
          <p class="soft small">{text.gate[usual.kind]}</p>
        </div>
      </div>
      <ul class="row">
        {votes.slice(0, 8).map((vote) => (
          <li key={vote.messageId + vote.label}>
            <Chip title={formatDay(vote.time)}>
              {vote.label} {text.votes[vote.kind]}, {formatDay(vote.time)}
            </Chip>
          </li>
        ))}
      </ul>
    </div>
  );
}

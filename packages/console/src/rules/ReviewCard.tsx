import type { JSX } from "preact";
import { ask } from "../api/client.ts";
import type { RulesState } from "../api/types.ts";
import { strings } from "../strings.ts";
import { Card } from "../ui/parts.tsx";
import type { Toast } from "../ui/useToast.tsx";

const text = strings.rules;

/** Whether a change takes two people. */
export function ReviewCard(props: {
  state: RulesState;
  toast: Toast;
  onSaved: (state: RulesState) => void;
}): JSX.Element {
  const { isNeeded } = props.state.review;
  const change = async () => {
    props.onSaved(await ask<RulesState>("PUT", "/rules/review", { isNeeded: !isNeeded }));
    props.toast.say(isNeeded ? text.reviewOff : text.reviewOn);
  };
  return (
    <Card title={text.review} icon="customers">
      <label class="check">
        <input type="checkbox" checked={isNeeded} onChange={() => props.toast.attempt(change)} />
        <span>
          <span class="strong">{text.reviewLabel}</span>
          <br />
          <span class="soft">{text.reviewText}</span>
        </span>
      </label>
    </Card>
  );
}

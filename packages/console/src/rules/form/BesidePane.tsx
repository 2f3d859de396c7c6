import type { Rule } from "@vitrine/core";
import type { JSX } from "preact";
import type { RulesContent } from "../../api/types.ts";
import { strings } from "../../strings.ts";
import { Chip, Segments } from "../../ui/parts.tsx";
import { ChangesView } from "../ChangesView.tsx";
import { RehearsalView } from "../RehearsalView.tsx";
import { RulesEditor } from "../RulesEditor.tsx";
import { PreviewView } from "./PreviewView.tsx";
import type { RuleDraft } from "./useRuleDraft.ts";

const text = strings.ruleForm;

/** The views beside the form. */
export type View = keyof typeof text.views;

/** What stands beside the form: the same rule as JSON, what it would have done, and what differs from what is live. */
export function BesidePane(props: {
  draft: RuleDraft;
  content: RulesContent;
  live: readonly Rule[];
  pages: readonly string[];
  view: View;
  onView: (view: View) => void;
  onSave: () => void;
  onPick: (placement: string) => void;
}): JSX.Element {
  const { draft, content, live, pages, view, onView, onSave, onPick } = props;
  const { problems, findings } = draft.check;
  return (
    <section class="card beside" aria-label={text.beside} id="rule-beside">
      <div class="card-head">
        <h2>
          {text.beside}
          {problems.length > 0 && <Chip tone="bad">{strings.rules.invalid(problems.length)}</Chip>}
          {problems.length === 0 && findings.length > 0 && (
            <Chip tone="info">{text.remarks(findings.length)}</Chip>
          )}
        </h2>
        <Segments
          label={text.beside}
          value={view}
          choices={Object.entries(text.views) as [View, string][]}
          onChoose={onView}
        />
      </div>
      <div class="card-body flush">
        {view === "json" && (
          <RulesEditor value={draft.json} check={draft.check} onChange={draft.setJson} onSave={onSave} />
        )}
        {view === "preview" && draft.rule && (
          <PreviewView content={content} rule={draft.rule} pages={pages} onPick={onPick} />
        )}
        {view === "try" && <RehearsalView content={content} about={draft.rule} />}
        {view === "changes" && <ChangesView before={live} after={content.rules} />}
      </div>
    </section>
  );
}

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { RulesContent, RulesState } from "../api/types.ts";
import { linkTo } from "../router.ts";
import { strings } from "../strings.ts";
import { Icon } from "../ui/Icon.tsx";
import { Chip, Empty, Segments } from "../ui/parts.tsx";
import type { Toast } from "../ui/useToast.tsx";
import { ChangesView } from "./ChangesView.tsx";
import { diffRules } from "./diffRules.ts";
import { contentIn, contentOf, saveDraft, textOfContent, useDraftText } from "./draftText.ts";
import { DiscardDialog, PublishDialog } from "./draftDialogs.tsx";
import { EditLink } from "./form/EditLink.tsx";
import { NewRuleDialog } from "./form/NewRuleDialog.tsx";
import { RehearsalView } from "./RehearsalView.tsx";
import { RuleCard } from "./RuleCard.tsx";
import { RulesEditor } from "./RulesEditor.tsx";
import { useDraftCheck } from "./useDraftCheck.ts";

const text = strings.rules;

type View = "cards" | "json" | "changes" | "rehearsal";

/** The draft: read as cards, edited as JSON, compared with what is live, tried on past visits, published. */
export function DraftCard({
  state,
  onChanged,
  onSaved,
  toast,
}: {
  state: RulesState;
  onChanged: () => void;
  onSaved: (state: RulesState) => void;
  toast: Toast;
}): JSX.Element {
  const saved = contentOf(state);
  const savedText = textOfContent(saved);
  const [view, setView] = useState<View>("cards");
  const { typed, setTyped, isUnsaved } = useDraftText(savedText);
  const [asking, setAsking] = useState<"publish" | "discard" | "new">();
  const edited = typed ?? savedText;
  const content = contentIn(edited) ?? saved;
  const check = useDraftCheck(view === "json" || isUnsaved ? edited : undefined);
  const live = state.published?.content.rules ?? [];
  const changes = diffRules(live, content.rules);

  const save = () => {
    if (check.problems.length > 0) return;
    void toast.attempt(async () => {
      await saveDraft(edited, onSaved);
      toast.say(text.saved);
    });
  };
  const finish = () => {
    setAsking(undefined);
    setTyped(undefined);
    onChanged();
  };
  return (
    <section class="card" aria-label={text.draft} id="draft-rules">
      <div class="card-head">
        <h2>
          {text.draft}
          <DraftChip isUnsaved={isUnsaved} changes={changes.length} />
        </h2>
        <Segments
          label={text.draft}
          value={view}
          choices={[
            ["cards", text.views.cards],
            ["json", text.views.json],
            ["changes", text.views.changes],
            ["rehearsal", text.views.rehearsal],
          ]}
          onChoose={setView}
        />
      </div>
      <div class="card-body row apart">
        <span class="row">
          <button type="button" class="small" onClick={() => setAsking("new")}>
            <Icon name="plus" size={14} />
            {strings.ruleForm.newRule}
          </button>
          {(view === "json" || isUnsaved) && (
            <>
              <button
                type="button"
                class="small"
                disabled={!isUnsaved || check.problems.length > 0 || !check.isDone}
                onClick={save}
              >
                {text.save}
              </button>
              <CheckChip isDone={check.isDone} problems={check.problems.length} />
            </>
          )}
        </span>
        <span class="row">
          {state.draft && (
            <button type="button" class="small quiet" onClick={() => setAsking("discard")}>
              {text.discard}
            </button>
          )}
          <button
            type="button"
            class="small primary"
            disabled={!state.draft || isUnsaved}
            onClick={() => setAsking("publish")}
          >
            {text.publish}
          </button>
        </span>
      </div>
      {view === "cards" && (
        <DraftCards rules={content.rules} changes={changes} isSame={!state.draft && !isUnsaved} />
      )}
      {view === "json" && <RulesEditor value={edited} check={check} onChange={setTyped} onSave={save} />}
      {view === "changes" && <ChangesView before={live} after={content.rules} />}
      {view === "rehearsal" && <RehearsalView content={content} />}
      {asking === "publish" && (
        <PublishDialog state={state} toast={toast} onDone={finish} onClose={() => setAsking(undefined)} />
      )}
      {asking === "discard" && (
        <DiscardDialog toast={toast} onDone={finish} onClose={() => setAsking(undefined)} />
      )}
      {asking === "new" && (
        <NewRuleDialog
          rules={content.rules}
          onClose={() => setAsking(undefined)}
          onCreate={(rule) => {
            setTyped(textOfContent({ ...content, rules: [...content.rules, rule] }));
            location.hash = linkTo("rules", rule.id, "edit");
          }}
        />
      )}
    </section>
  );
}

function DraftCards(props: {
  rules: RulesContent["rules"];
  changes: ReturnType<typeof diffRules>;
  isSame: boolean;
}): JSX.Element {
  const { rules, changes, isSame } = props;
  if (isSame) {
    return (
      <Empty icon="check" title={text.noDraft}>
        <p>{text.noDraftText}</p>
      </Empty>
    );
  }
  const kinds = new Map(changes.map(({ id, kind }) => [id, kind]));
  return (
    <ul class="list">
      {rules.map((rule) => {
        const kind = kinds.get(rule.id);
        return (
          <RuleCard
            key={rule.id}
            rule={rule}
            aside={
              <span class="row">
                {kind && <Chip tone={kind === "added" ? "good" : "warn"}>{text[kind]}</Chip>}
                <EditLink id={rule.id} />
              </span>
            }
          />
        );
      })}
    </ul>
  );
}

function DraftChip({ isUnsaved, changes }: { isUnsaved: boolean; changes: number }): JSX.Element {
  if (isUnsaved) return <Chip tone="warn">{text.unsaved}</Chip>;
  return changes > 0 ? <Chip tone="info">{text.changes(changes)}</Chip> : <Chip>{text.same}</Chip>;
}

function CheckChip({ isDone, problems }: { isDone: boolean; problems: number }): JSX.Element | null {
  if (problems > 0) return <Chip tone="bad">{text.invalid(problems)}</Chip>;
  if (!isDone) return null;
  return (
    <span class="chip good">
      <Icon name="check" size={13} />
      {text.valid}
    </span>
  );
}

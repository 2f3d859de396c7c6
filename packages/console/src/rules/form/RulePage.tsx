import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { RulesState } from "../../api/types.ts";
import { useResource } from "../../api/useResource.ts";
import { linkTo } from "../../router.ts";
import { strings } from "../../strings.ts";
import { Dialog } from "../../ui/Dialog.tsx";
import { Card, Chip, Empty, Notice, PageHead, Skeleton } from "../../ui/parts.tsx";
import { useToast, type Toast } from "../../ui/useToast.tsx";
import { PublishDialog } from "../draftDialogs.tsx";
import { BesidePane, type View } from "./BesidePane.tsx";
import { RuleForm } from "./RuleForm.tsx";
import { sentenceOfRule } from "./sentenceOfRule.ts";
import { SuggestionLists, useSuggestions } from "./suggestions.tsx";
import { useRuleDraft, type RuleDraft } from "./useRuleDraft.ts";

const text = strings.ruleForm;

/** One rule of the draft: in words, as a form, and as JSON beside it. */
export function RulePage({ id }: { id: string }): JSX.Element {
  const { data, error, reload, replace } = useResource<RulesState>("/rules");
  const toast = useToast();
  return (
    <>
      {!data && <PageHead title={id} lead={text.lead} />}
      {error && <Notice tone="bad">{error.message}</Notice>}
      {!data && !error && <Skeleton lines={8} />}
      {data && <WrittenRule id={id} state={data} toast={toast} onChanged={reload} onSaved={replace} />}
      {toast.view}
    </>
  );
}

interface Props {
  id: string;
  state: RulesState;
  toast: Toast;
  onChanged: () => void;
  onSaved: (state: RulesState) => void;
}

function WrittenRule({ id, state, toast, onChanged, onSaved }: Props): JSX.Element {
  const draft = useRuleDraft(state, id);
  const { content, rule, brokenLine } = draft;
  const suggestions = useSuggestions(content);
  const [view, setView] = useState<View>("json");
  const save = async () => {
    if (!isSavable(draft)) return;
    await draft.save(onSaved);
    toast.say(strings.rules.saved);
  };
  if (!content || !rule) return <NoRule id={id} isUnreadable={!content} />;
  return (
    <>
      <PageHead title={rule.id} lead={text.lead}>
        <a href={linkTo("rules")}>{text.back}</a>
      </PageHead>
      <div class="stack">
        <Card
          title={text.inWords}
          icon="rules"
          aside={<Actions draft={draft} state={state} toast={toast} onSave={save} onChanged={onChanged} />}
        >
          <div id="rule-words" aria-live="polite">
            {sentenceOfRule(rule).map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
          </div>
        </Card>
        {brokenLine !== undefined && <Notice tone="warn">{text.jsonBroken(brokenLine)}</Notice>}
        {draft.otherProblems > 0 && (
          <Notice tone="warn">
            {text.otherProblems(draft.otherProblems)} <a href={linkTo("rules")}>{text.back}</a>
          </Notice>
        )}
        <div class="rule-sides">
          <fieldset disabled={brokenLine !== undefined} aria-label={text.title}>
            <RuleForm
              rule={rule}
              rules={content.rules}
              onChange={draft.setRule}
              onChoosePlacement={() => {
                setView("preview");
                document.getElementById("rule-beside")?.scrollIntoView({ block: "nearest" });
              }}
            />
          </fieldset>
          <BesidePane
            draft={draft}
            content={content}
            live={state.published?.content.rules ?? []}
            pages={suggestions.pages}
            view={view}
            onView={setView}
            onSave={() => toast.attempt(save)}
            onPick={(placement) => {
              draft.setRule({ ...rule, placement });
              toast.say(text.preview.picked(placement));
            }}
          />
        </div>
      </div>
      <SuggestionLists suggestions={suggestions} />
    </>
  );
}

const isSavable = ({ check, otherProblems, brokenLine }: RuleDraft): boolean =>
  check.isDone && check.problems.length === 0 && otherProblems === 0 && brokenLine === undefined;

function Actions(props: {
  draft: RuleDraft;
  state: RulesState;
  toast: Toast;
  onSave: () => Promise<void>;
  onChanged: () => void;
}): JSX.Element {
  const { draft, state, toast, onSave, onChanged } = props;
  const [asking, setAsking] = useState<"publish" | "remove">();
  const isGood = isSavable(draft);
  const publish = async () => {
    if (draft.isUnsaved) await onSave();
    setAsking("publish");
  };
  const done = () => {
    setAsking(undefined);
    onChanged();
  };
  return (
    <div class="row">
      {draft.isUnsaved && <Chip tone="warn">{strings.rules.unsaved}</Chip>}
      <button type="button" class="small quiet" onClick={() => setAsking("remove")}>
        {text.remove}
      </button>
      <button
        type="button"
        class="small"
        disabled={!draft.isUnsaved || !isGood}
        title={isGood ? undefined : text.saveFirst}
        onClick={() => toast.attempt(onSave)}
      >
        {strings.rules.save}
      </button>
      <button
        type="button"
        class="small primary"
        disabled={!isGood || (!draft.isUnsaved && !state.draft)}
        onClick={() => toast.attempt(publish)}
      >
        {strings.rules.publish}
      </button>
      {asking === "publish" && (
        <PublishDialog state={state} toast={toast} onDone={done} onClose={() => setAsking(undefined)} />
      )}
      {asking === "remove" && <RemoveDialog draft={draft} onClose={() => setAsking(undefined)} />}
    </div>
  );
}

function RemoveDialog({ draft, onClose }: { draft: RuleDraft; onClose: () => void }): JSX.Element {
  const remove = () => {
    draft.remove();
    location.hash = linkTo("rules");
  };
  return (
    <Dialog
      title={text.removeTitle(draft.rule?.id ?? "")}
      onClose={onClose}
      confirm={{ label: text.remove, isDangerous: true, onConfirm: remove }}
    >
      <p>{text.removeText}</p>
    </Dialog>
  );
}

function NoRule({ id, isUnreadable }: { id: string; isUnreadable: boolean }): JSX.Element {
  const title = isUnreadable ? text.unreadable : text.unknown;
  return (
    <>
      <PageHead title={id} lead={text.lead} />
      <section class="card" aria-label={title}>
        <Empty icon="rules" title={title}>
          <p>{isUnreadable ? text.unreadableText : text.unknownText}</p>
          <a href={linkTo("rules")}>{text.back}</a>
        </Empty>
      </section>
    </>
  );
}

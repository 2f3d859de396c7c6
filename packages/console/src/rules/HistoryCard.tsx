import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ask } from "../api/client.ts";
import type { PublishedRules, RulesState, RulesVersion } from "../api/types.ts";
import { useResource } from "../api/useResource.ts";
import { strings } from "../strings.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Card, Chip, Skeleton } from "../ui/parts.tsx";
import { Time } from "../ui/Time.tsx";
import type { Toast } from "../ui/useToast.tsx";
import { ChangesView } from "./ChangesView.tsx";
import { whoOf } from "./whoOf.ts";

const text = strings.rules;

/** Every publication, and the way back to any of them. */
export function HistoryCard({
  state,
  onChanged,
  toast,
}: {
  state: RulesState;
  onChanged: () => void;
  toast: Toast;
}): JSX.Element {
  const [chosen, setChosen] = useState<RulesVersion>();
  const { history, published } = state;
  return (
    <Card
      title={text.history}
      icon="history"
      flush
      aside={<span class="soft small">{text.historyLead}</span>}
    >
      <div class="table-scroll" tabIndex={0} role="group" aria-label={text.history}>
        <table id="rules-history">
          <tbody>
            {history.map((version) => (
              <tr key={version.version}>
                <td class="nowrap">
                  <span class="row">
                    <span class="strong">{text.version(version.version)}</span>
                    {version.version === published?.version && <Chip tone="good">{text.current}</Chip>}
                  </span>
                </td>
                <td>{version.note ?? <span class="soft">–</span>}</td>
                <td class="soft nowrap">{text.rules(version.rules)}</td>
                <td class="soft nowrap">{whoOf(version)}</td>
                <td>
                  <Time at={version.at} />
                </td>
                <td class="right">
                  {version.version !== published?.version && (
                    <button
                      type="button"
                      class="small"
                      onClick={() => setChosen(version)}
                      aria-label={`${text.rollBack}: ${text.version(version.version)}`}
                    >
                      <Icon name="undo" size={14} />
                      {text.rollBack}
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {chosen && published && (
        <RollBackDialog
          chosen={chosen}
          published={published}
          toast={toast}
          onClose={() => setChosen(undefined)}
          onDone={() => {
            setChosen(undefined);
            onChanged();
          }}
        />
      )}
    </Card>
  );
}

function RollBackDialog(props: {
  chosen: RulesVersion;
  published: PublishedRules;
  toast: Toast;
  onClose: () => void;
  onDone: () => void;
}): JSX.Element {
  const { chosen, published, toast, onClose, onDone } = props;
  const { data } = useResource<PublishedRules>(`/rules/versions/${chosen.version}`);
  const rollBack = async () => {
    const { version } = await ask<{ version: number }>("POST", "/rules/rollback", {
      version: chosen.version,
    });
    toast.say(text.published(version));
    onDone();
  };
  return (
    <Dialog
      title={text.rollBackTitle(chosen.version)}
      onClose={onClose}
      confirm={{ label: text.rollBack, onConfirm: () => toast.attempt(rollBack) }}
    >
      <p>{text.rollBackText(published.version + 1)}</p>
      {data ? <ChangesView before={published.content.rules} after={data.content.rules} /> : <Skeleton />}
    </Dialog>
  );
}

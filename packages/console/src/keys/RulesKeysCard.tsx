import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ask } from "../api/client.ts";
import type { RulesKeyRow, RulesKeysState } from "../api/types.ts";
import { useResource } from "../api/useResource.ts";
import { strings } from "../strings.ts";
import { CodeBlock } from "../ui/CopyButton.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { formatDay } from "../ui/format.ts";
import { Card, Chip, Notice, Skeleton, type Tone } from "../ui/parts.tsx";
import type { Toast } from "../ui/useToast.tsx";

const text = strings.rulesKeys;

const TONES: Record<RulesKeyRow["state"], Tone> = { current: "good", next: "accent", retired: "plain" };

/** The keys that sign rules: the next one is announced in the tag, signs later, and the one before it goes last. */
export function RulesKeysCard({ toast }: { toast: Toast }): JSX.Element {
  const { data, error, replace } = useResource<RulesKeysState>("/rules/keys");
  const [asked, setAsked] = useState<{ what: "promote" | "drop"; kid: string }>();
  const change = (method: "POST" | "DELETE", path: string, said: string) =>
    toast.attempt(async () => {
      setAsked(undefined);
      replace(await ask<RulesKeysState>(method, `/rules/keys${path}`));
      toast.say(said);
    });
  const hasNext = data?.items.some(({ state }) => state === "next") ?? true;
  return (
    <Card
      title={text.title}
      icon="rules"
      aside={
        !hasNext && (
          <button type="button" onClick={() => change("POST", "", text.announced)}>
            {text.announce}
          </button>
        )
      }
    >
      <div class="stack">
        <p class="soft">{text.lead}</p>
        {error && <Notice tone="bad">{error.message}</Notice>}
        {data ? (
          <>
            <RulesKeysTable items={data.items} onAsk={(what, kid) => setAsked({ what, kid })} />
            <p class="soft">{text.tagLead}</p>
            <CodeBlock text={`data-rules-key="${data.rulesKey}"`} />
          </>
        ) : (
          !error && <Skeleton />
        )}
      </div>
      {asked && (
        <Dialog
          title={text[asked.what].title(asked.kid)}
          onClose={() => setAsked(undefined)}
          confirm={{
            label: text[asked.what].button,
            isDangerous: true,
            onConfirm: () =>
              asked.what === "promote"
                ? change("POST", `/${asked.kid}/promote`, text.promote.done)
                : change("DELETE", `/${asked.kid}`, text.drop.done),
          }}
        >
          <p>{text[asked.what].text}</p>
        </Dialog>
      )}
    </Card>
  );
}

function RulesKeysTable(props: {
  items: readonly RulesKeyRow[];
  onAsk: (what: "promote" | "drop", kid: string) => void;
}): JSX.Element {
  return (
    <div class="table-scroll" tabIndex={0} role="group" aria-label={text.title}>
      <table>
        <thead>
          <tr>
            <th scope="col">{text.name}</th>
            <th scope="col">{text.state}</th>
            <th scope="col">{text.since}</th>
            <th scope="col">
              <span class="only-heard">{text.change}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {props.items.map(({ kid, state, since }) => (
            <tr key={kid}>
              <td>
                <code>{kid}</code>
              </td>
              <td>
                <Chip tone={TONES[state]}>{text.states[state]}</Chip>
              </td>
              <td class="nowrap">{since === null ? text.always : formatDay(since)}</td>
              <td class="right">
                {state === "next" && (
                  <button
                    type="button"
                    class="small"
                    onClick={() => props.onAsk("promote", kid)}
                    aria-label={`${text.promote.short} ${kid}`}
                  >
                    {text.promote.short}
                  </button>
                )}{" "}
                {state !== "current" && (
                  <button
                    type="button"
                    class="small danger"
                    onClick={() => props.onAsk("drop", kid)}
                    aria-label={`${text.drop.short} ${kid}`}
                  >
                    {text.drop.short}
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

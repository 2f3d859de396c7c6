import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ask } from "../api/client.ts";
import type { CommandKind, KioskRow } from "../api/types.ts";
import { strings } from "../strings.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { formatAgo } from "../ui/format.ts";
import { Card } from "../ui/parts.tsx";
import { useToast } from "../ui/useToast.tsx";

const text = strings.kiosk;
const KINDS = Object.keys(text.commandWords) as CommandKind[];

/** What a kiosk can be told, and what it was told and has not done. */
export function CommandsCard(props: { kiosk: KioskRow; now: number; onChange: () => void }): JSX.Element {
  const { kiosk, now, onChange } = props;
  const [isAsking, setAsking] = useState(false);
  const toast = useToast();
  const tell = (kind: CommandKind) =>
    toast.attempt(async () => {
      setAsking(false);
      await ask("POST", `/kiosks/${encodeURIComponent(kiosk.id)}/commands`, { kind });
      toast.say(text.told(text.commandWords[kind][0]));
      onChange();
    });
  return (
    <Card title={text.commands} icon="play">
      <div class="stack">
        <p class="soft">{text.commandsLead}</p>
        <ul class="stack tight commands">
          {KINDS.map((kind) => (
            <li key={kind}>
              <button
                type="button"
                class={kind === "wipe" ? "danger" : ""}
                disabled={kiosk.state !== "enrolled"}
                onClick={() => (kind === "wipe" ? setAsking(true) : tell(kind))}
              >
                {text.commandWords[kind][0]}
              </button>
              <span class="soft">{text.commandWords[kind][1]}</span>
            </li>
          ))}
        </ul>
        {kiosk.commands.length > 0 && <Waiting kiosk={kiosk} now={now} />}
      </div>
      {isAsking && (
        <Dialog
          title={text.wipeTitle(kiosk.name)}
          onClose={() => setAsking(false)}
          confirm={{
            label: text.commandWords.wipe[0],
            isDangerous: true,
            onConfirm: () => tell("wipe"),
          }}
        >
          <p>{text.wipeText}</p>
        </Dialog>
      )}
      {toast.view}
    </Card>
  );
}

function Waiting({ kiosk: { commands }, now }: { kiosk: KioskRow; now: number }): JSX.Element {
  return (
    <div class="stack tight" id="waiting-commands">
      <h3>{text.waits}</h3>
      <ul class="stack tight">
        {commands.map(({ id, kind, at, byName }) => (
          <li key={id} class="row apart">
            <span class="strong">{text.commandWords[kind][0]}</span>
            <span class="soft small">{text.given(formatAgo(at, now), byName ?? text.somebody)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

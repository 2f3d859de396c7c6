import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ask } from "../api/client.ts";
import type { KeyRow } from "../api/types.ts";
import { useResource } from "../api/useResource.ts";
import { strings } from "../strings.ts";
import { CodeBlock } from "../ui/CopyButton.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { formatDay } from "../ui/format.ts";
import { Icon } from "../ui/Icon.tsx";
import { Chip, Empty, Notice, PageHead, Skeleton } from "../ui/parts.tsx";
import { useToast } from "../ui/useToast.tsx";
import { NewKeyDialog } from "./NewKeyDialog.tsx";
import { RulesKeysCard } from "./RulesKeysCard.tsx";

const text = strings.keys;

type Open =
  | { kind: "create" }
  | { kind: "show"; key: KeyRow & { text: string } }
  | { kind: "revoke"; key: KeyRow };

/** Keys: seen, made, revoked. */
export function KeysPage(): JSX.Element {
  const { data, error, reload } = useResource<{ items: KeyRow[]; yours: string }>("/keys");
  const [open, setOpen] = useState<Open>();
  const toast = useToast();
  const close = () => setOpen(undefined);
  const revoke = async (key: KeyRow) => {
    close();
    await ask("DELETE", `/keys/${encodeURIComponent(key.id)}`);
    reload();
  };
  if (error?.status === 403) {
    return (
      <>
        <PageHead title={text.title} lead={text.lead} />
        <section class="card" aria-label={text.title}>
          <Empty icon="keys" title={text.forbidden}>
            <p>{text.forbiddenText}</p>
          </Empty>
        </section>
      </>
    );
  }
  return (
    <>
      <PageHead title={text.title} lead={text.lead}>
        <button type="button" class="primary" onClick={() => setOpen({ kind: "create" })}>
          <Icon name="plus" size={15} />
          {text.create}
        </button>
      </PageHead>
      {error && <Notice tone="bad">{error.message}</Notice>}
      <div class="stack">
        <section class="card" aria-label={text.title}>
          {data ? (
            <KeysTable {...data} onRevoke={(key) => setOpen({ kind: "revoke", key })} />
          ) : (
            <div class="card-body">{!error && <Skeleton />}</div>
          )}
        </section>
        <RulesKeysCard toast={toast} />
      </div>
      {open?.kind === "create" && (
        <NewKeyDialog
          onClose={close}
          onCreated={(key) => {
            reload();
            setOpen({ kind: "show", key });
          }}
        />
      )}
      {open?.kind === "show" && (
        <Dialog title={text.ready(open.key.name)} closeLabel={text.done} onClose={close}>
          {open.key.kind === "secret" && <Notice tone="warn">{text.shownOnce}</Notice>}
          <CodeBlock text={open.key.text} />
        </Dialog>
      )}
      {open?.kind === "revoke" && (
        <Dialog
          title={text.revokeTitle(open.key.name)}
          onClose={close}
          confirm={{
            label: text.revokeButton,
            isDangerous: true,
            onConfirm: () => toast.attempt(() => revoke(open.key)),
          }}
        >
          <p>{text.revokeText}</p>
        </Dialog>
      )}
      {toast.view}
    </>
  );
}

function KeysTable(props: {
  items: readonly KeyRow[];
  yours: string;
  onRevoke: (key: KeyRow) => void;
}): JSX.Element {
  return (
    <div class="table-scroll" tabIndex={0} role="group" aria-label={text.title}>
      <table>
        <thead>
          <tr>
            <th scope="col">{text.name}</th>
            <th scope="col">{text.kind}</th>
            <th scope="col">{text.scopes}</th>
            <th scope="col">{text.created}</th>
            <th scope="col">{text.state}</th>
            <th scope="col">
              <span class="only-heard">{text.revoke}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {props.items.map((key) => (
            <KeyLine
              key={key.id}
              row={key}
              isYours={key.id === props.yours}
              onRevoke={() => props.onRevoke(key)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function KeyLine({
  row,
  isYours,
  onRevoke,
}: {
  row: KeyRow;
  isYours: boolean;
  onRevoke: () => void;
}): JSX.Element {
  return (
    <tr>
      <td>
        <span class="row">
          <span class="strong">{row.name}</span>
          {isYours && <Chip tone="accent">{text.yours}</Chip>}
        </span>
        <code class="soft">{row.text ?? row.id}</code>
      </td>
      <td class="nowrap">{row.kind === "site" ? text.site : text.secret}</td>
      <td>
        <span class="row">
          {row.kind === "site" ? (
            <Chip tone="outline">{text.public}</Chip>
          ) : (
            row.scopes.map((scope) => <Chip key={scope}>{scope}</Chip>)
          )}
        </span>
      </td>
      <td class="nowrap">{formatDay(row.createdAt)}</td>
      <td>
        {row.revokedAt === null ? (
          <Chip tone="good">{text.active}</Chip>
        ) : (
          <Chip>{text.revoked(formatDay(row.revokedAt))}</Chip>
        )}
      </td>
      <td class="right">
        {row.revokedAt === null && !isYours && (
          <button
            type="button"
            class="small danger"
            onClick={onRevoke}
            aria-label={`${text.revoke} ${row.name}`}
          >
            {text.revoke}
          </button>
        )}
      </td>
    </tr>
  );
}

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ask } from "../api/client.ts";
import type { Customer, IdentityRef, Join } from "../api/types.ts";
import { linkTo } from "../router.ts";
import { strings } from "../strings.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { shortIdentity } from "../ui/format.ts";
import { Icon, type IconName } from "../ui/Icon.tsx";
import { Card, Chip } from "../ui/parts.tsx";
import { Time } from "../ui/Time.tsx";
import { useToast } from "../ui/useToast.tsx";

const text = strings.customer;

/** Who this is: identities joined by proof, claims that join nothing, and the way back from a wrong join. */
export function IdentitiesCard({
  customer,
  onChanged,
}: {
  customer: Customer;
  onChanged: () => void;
}): JSX.Element {
  const { identities, claims, joins } = customer;
  const [undoing, setUndoing] = useState<Join>();
  const toast = useToast();
  const undo = async (join: Join) => {
    setUndoing(undefined);
    await ask("POST", `/joins/${encodeURIComponent(join.id)}/undo`);
    toast.say(text.undone);
    onChanged();
  };
  return (
    <Card title={text.identities} icon="person">
      <div class="stack">
        <ul class="stack tight">
          {identities.map((identity) => (
            <li key={`${identity.namespace}:${identity.id}`} class="row">
              <IdentityLink identity={identity} />
              {identities.length > 1 && (
                <Chip tone="good" icon="check">
                  {text.proven}
                </Chip>
              )}
            </li>
          ))}
          {claims.map((claim) => (
            <li key={`claim ${claim.namespace}:${claim.id}`} class="row">
              <IdentityLink identity={claim} />
              <Chip tone="warn" title={text.claimHint}>
                {text.claim}
              </Chip>
            </li>
          ))}
        </ul>
        <p class="soft small">{text.identitiesLead}</p>
        {joins.map((join) => (
          <div key={join.id} class="row apart small">
            <span class="soft">
              {text.joined(shortIdentity(join.a), shortIdentity(join.b))}: {text.how[join.how] ?? join.how},{" "}
              <Time at={join.at} />
            </span>
            <button type="button" class="small" onClick={() => setUndoing(join)}>
              <Icon name="undo" size={14} />
              {text.undo}
            </button>
          </div>
        ))}
      </div>
      {undoing && (
        <Dialog
          title={text.undoTitle}
          onClose={() => setUndoing(undefined)}
          confirm={{
            label: text.undoButton,
            isDangerous: true,
            onConfirm: () => toast.attempt(() => undo(undoing)),
          }}
        >
          <p>{text.undoText(shortIdentity(undoing.a), shortIdentity(undoing.b))}</p>
        </Dialog>
      )}
      {toast.view}
    </Card>
  );
}

const ICONS: Record<string, IconName> = {
  anonymous: "phone",
  user: "person",
  loyalty: "card",
  phone: "phone",
  email: "page",
};

function IdentityLink({ identity }: { identity: IdentityRef }): JSX.Element {
  return (
    <a class="chip outline" href={linkTo("customers", identity.namespace, identity.id)} title={identity.id}>
      <Icon name={ICONS[identity.namespace] ?? "link"} size={13} />
      <span class="mono">{shortIdentity(identity)}</span>
    </a>
  );
}

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ask } from "../api/client.ts";
import type { IdentityRef } from "../api/types.ts";
import { strings } from "../strings.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Card } from "../ui/parts.tsx";
import { useToast } from "../ui/useToast.tsx";

const text = strings.customer.erase;

/** How an erasure stands: under way, or how many identities went; undefined where there is none. */
export type Erasure = "asked" | number | undefined;

/** Forgets this person for good, when they ask for it. */
export function EraseCard({
  identity,
  onErasure,
}: {
  identity: IdentityRef;
  onErasure: (erasure: Erasure) => void;
}): JSX.Element {
  const [isAsking, setAsking] = useState(false);
  const toast = useToast();
  const erase = async () => {
    setAsking(false);
    const path = `/customers/${encodeURIComponent(identity.namespace)}/${encodeURIComponent(identity.id)}`;
    onErasure("asked");
    try {
      onErasure((await ask<{ identities: number }>("DELETE", path)).identities);
    } catch (error) {
      onErasure(undefined);
      throw error;
    }
  };
  return (
    <Card title={text.title} icon="shield">
      <div class="stack">
        <p class="soft small">{text.lead}</p>
        <div class="row">
          <button type="button" class="small danger" onClick={() => setAsking(true)}>
            {text.open}
          </button>
        </div>
      </div>
      {isAsking && (
        <Dialog
          title={text.question}
          onClose={() => setAsking(false)}
          confirm={{ label: text.confirm, isDangerous: true, onConfirm: () => toast.attempt(erase) }}
        >
          <p>{text.goes}</p>
          <p>{text.stays}</p>
        </Dialog>
      )}
      {toast.view}
    </Card>
  );
}

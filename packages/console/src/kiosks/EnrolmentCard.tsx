import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ask } from "../api/client.ts";
import type { EnrolmentCode, KioskRow } from "../api/types.ts";
import { linkTo } from "../router.ts";
import { strings } from "../strings.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { formatDay } from "../ui/format.ts";
import { Card } from "../ui/parts.tsx";
import { useToast } from "../ui/useToast.tsx";
import { CodeDialog } from "./CodeDialog.tsx";

const text = strings.kiosk;

/** Which machine is this kiosk: a new code for another one, and the ways to end it. */
export function EnrolmentCard({ kiosk, onChange }: { kiosk: KioskRow; onChange: () => void }): JSX.Element {
  const [open, setOpen] = useState<"revoke" | "remove" | EnrolmentCode>();
  const toast = useToast();
  const path = `/kiosks/${encodeURIComponent(kiosk.id)}`;
  const close = () => setOpen(undefined);
  const makeCode = async () => setOpen(await ask<EnrolmentCode>("POST", `${path}/codes`));
  const revoke = async () => {
    close();
    await ask("POST", `${path}/revoke`);
    onChange();
  };
  const remove = async () => {
    close();
    await ask("DELETE", path);
    location.hash = linkTo("kiosks");
  };
  const isEnrolled = kiosk.state === "enrolled";
  return (
    <Card title={text.enrolment} icon="keys">
      <div class="stack">
        <p class="soft">
          {isEnrolled ? `${text.enrolledAt(formatDay(kiosk.enrolledAt ?? 0))} ` : `${text.notEnrolled} `}
          {isEnrolled && text.newCodeText}
        </p>
        <div class="row">
          <button type="button" onClick={() => toast.attempt(makeCode)}>
            {text.newCode}
          </button>
          {isEnrolled && (
            <button type="button" class="danger" onClick={() => setOpen("revoke")}>
              {text.revoke}
            </button>
          )}
          <button type="button" class="danger" onClick={() => setOpen("remove")}>
            {text.remove}
          </button>
        </div>
      </div>
      {open === "revoke" && (
        <Dialog
          title={text.revokeTitle(kiosk.name)}
          onClose={close}
          confirm={{
            label: text.revokeButton,
            isDangerous: true,
            onConfirm: () => toast.attempt(revoke),
          }}
        >
          <p>{text.revokeText}</p>
        </Dialog>
      )}
      {open === "remove" && (
        <Dialog
          title={text.removeTitle(kiosk.name)}
          onClose={close}
          confirm={{
            label: text.removeButton,
            isDangerous: true,
            onConfirm: () => toast.attempt(remove),
          }}
        >
          <p>{text.removeText}</p>
        </Dialog>
      )}
      {typeof open === "object" && <CodeDialog code={open} onClose={close} />}
      {toast.view}
    </Card>
  );
}

import type { JSX } from "preact";
import type { EnrolmentCode } from "../api/types.ts";
import { strings } from "../strings.ts";
import { CodeBlock } from "../ui/CopyButton.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Notice } from "../ui/parts.tsx";

const text = strings.newKiosk;

/** The code for the installer, this once. */
export function CodeDialog({ code, onClose }: { code: EnrolmentCode; onClose: () => void }): JSX.Element {
  return (
    <Dialog title={text.codeTitle(code.kiosk.name)} closeLabel={text.done} onClose={onClose}>
      <Notice tone="warn">{text.codeText}</Notice>
      <CodeBlock text={code.code} />
    </Dialog>
  );
}

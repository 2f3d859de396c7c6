import type { ComponentChildren, JSX } from "preact";
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { strings } from "../strings.ts";

/** A modal question. Escape and "Cancel" close it; the browser keeps the focus inside and gives it back. */
export function Dialog(props: {
  title: string;
  children: ComponentChildren;
  /** The button that does it; absent where there is nothing to decide. While it does, a second press does nothing. */
  confirm?: {
    label: string;
    onConfirm: () => void | Promise<void>;
    isDisabled?: boolean;
    isDangerous?: boolean;
  };
  closeLabel?: string;
  onClose: () => void;
}): JSX.Element {
  const { title, children, confirm, closeLabel = strings.common.cancel, onClose } = props;
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  // Beside the state, as two clicks may come before it is rendered. Not `disabled`: the focus would fall out of the dialog.
  const working = useRef(false);
  const [isWorking, setWorking] = useState(false);
  const work = (isOn: boolean) => {
    working.current = isOn;
    setWorking(isOn);
  };
  // Before the first paint: an Escape pressed at once must close it.
  useLayoutEffect(() => ref.current?.showModal(), []);
  const submit = (event: Event) => {
    event.preventDefault();
    if (!confirm || confirm.isDisabled || working.current) return;
    const under = confirm.onConfirm();
    if (!under) return;
    work(true);
    void under.finally(() => work(false));
  };
  return (
    <dialog ref={ref} aria-labelledby={id} onClose={onClose}>
      <form onSubmit={submit}>
        <div class="dialog-body">
          <h2 id={id}>{title}</h2>
          {children}
        </div>
        <div class="dialog-foot">
          <button type="button" onClick={() => ref.current?.close()}>
            {closeLabel}
          </button>
          {confirm && (
            <button
              type="submit"
              class={confirm.isDangerous ? "danger" : "primary"}
              disabled={confirm.isDisabled}
              aria-disabled={isWorking}
            >
              {confirm.label}
            </button>
          )}
        </div>
      </form>
    </dialog>
  );
}

import type { Rule } from "@vitrine/core";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { ask, type ApiError } from "../../api/client.ts";
import type { MadePreview, RulesContent } from "../../api/types.ts";
import { strings } from "../../strings.ts";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { formatClock } from "../../ui/format.ts";
import { Notice } from "../../ui/parts.tsx";
import { Qr } from "../../ui/Qr.tsx";
import { Choice, Field, TextInput } from "./fields.tsx";
import { previewLink, readWord, type HeardSlot } from "./previewWords.ts";
import { OWN_ZONE } from "./zones.ts";

const text = strings.ruleForm.preview;

/** A page that has not said anything by then cannot stand in a frame, or knows nothing of Vitrine. */
const SILENCE_MS = 8_000;

type As = "meets" | "new" | "known";

/** Kept while one looks at other views. */
let lastAddress: string | undefined;

/** The draft in a page of the shop itself: looked at here or on a phone, as some visitor, and where a slot is picked. */
export function PreviewView(props: {
  content: RulesContent;
  rule: Rule;
  /** Addresses of the shop's pages that the latest events know. */
  pages: readonly string[];
  onPick: (placement: string) => void;
}): JSX.Element {
  const { content, rule, pages } = props;
  const [address, setAddress] = useState(lastAddress ?? pages[0] ?? "");
  const [as, setAs] = useState<As>("meets");
  const [visitor, setVisitor] = useState("");
  const [made, setMade] = useState<{ link: URL; expiresAt: number; of: RulesContent }>();
  const [error, setError] = useState<string>();
  const show = (event: Event) => {
    event.preventDefault();
    if (!previewLink(address, "")) return setError(text.noAddress);
    lastAddress = address;
    setError(undefined);
    ask<MadePreview>("POST", "/rules/preview", {
      content,
      timeZone: OWN_ZONE,
      visitor: as === "known" ? visitor.trim() : null,
      meets: as === "meets" ? { rule: rule.id, path: URL.parse(address)?.pathname ?? "/" } : null,
    }).then(
      ({ token, expiresAt }) => setMade({ link: previewLink(address, token)!, expiresAt, of: content }),
      (refusal: ApiError) => setError(refusal.message),
    );
  };
  return (
    <div class="card-body stack tight preview">
      <form class="field-row" onSubmit={show}>
        <Field label={text.address} hint={text.addressHint}>
          {(ids) => <TextInput {...ids} value={address} list="known-pages" onText={setAddress} />}
        </Field>
        <Field label={text.as}>
          {(ids) => (
            <Choice
              {...ids}
              value={as}
              choices={Object.entries(text.visitors) as [As, string][]}
              onChoose={setAs}
            />
          )}
        </Field>
        {as === "known" && (
          <Field label={text.visitor} hint={text.visitorHint}>
            {(ids) => <TextInput {...ids} value={visitor} onText={setVisitor} />}
          </Field>
        )}
        <button type="submit" class="primary">
          {made ? text.again : text.show}
        </button>
      </form>
      {error && <Notice tone="bad">{error}</Notice>}
      {made && made.of !== content && <Notice tone="info">{text.old}</Notice>}
      {made && (
        <Frame key={made.link.hash} link={made.link} placement={rule.placement} onPick={props.onPick} />
      )}
      {made && <PhoneLink link={made.link.href} expiresAt={made.expiresAt} />}
    </div>
  );
}

/** The page itself. It may run its own scripts, and never take this window elsewhere. */
function Frame(props: { link: URL; placement: string; onPick: (placement: string) => void }): JSX.Element {
  const { link, placement } = props;
  const frame = useRef<HTMLIFrameElement>(null);
  const [slots, setSlots] = useState<HeardSlot[]>();
  const [isSilent, setSilent] = useState(false);
  const onPick = useRef(props.onPick);
  onPick.current = props.onPick;
  useEffect(() => {
    const hear = ({ source, origin, data }: MessageEvent) => {
      if (source !== frame.current?.contentWindow || origin !== link.origin) return;
      const word = readWord(data);
      if (word?.kind === "slots") setSlots(word.slots);
      if (word?.kind === "picked") onPick.current(word.placement);
    };
    addEventListener("message", hear);
    const timer = setTimeout(() => setSilent(true), SILENCE_MS);
    return () => {
      removeEventListener("message", hear);
      clearTimeout(timer);
    };
  }, [link]);
  return (
    <>
      {slots && <SlotList slots={slots} placement={placement} onPick={props.onPick} />}
      {!slots && isSilent && (
        <Notice tone="warn">
          {text.silent} <code>{`frame-ancestors ${location.origin}`}</code>
        </Notice>
      )}
      <iframe
        ref={frame}
        title={text.frame}
        src={link.href}
        sandbox="allow-scripts allow-same-origin allow-forms"
        referrerpolicy="no-referrer"
      />
    </>
  );
}

function SlotList(props: {
  slots: readonly HeardSlot[];
  placement: string;
  onPick: (placement: string) => void;
}): JSX.Element {
  const { slots, placement, onPick } = props;
  if (slots.length === 0) return <Notice tone="warn">{text.noSlots}</Notice>;
  return (
    <div class="stack tight">
      <p class="soft small">{text.slots}</p>
      <div class="row" role="group" aria-label={text.slots}>
        {slots.map((slot) => (
          <button
            key={slot.placement}
            type="button"
            class="small"
            aria-pressed={slot.placement === placement}
            onClick={() => onPick(slot.placement)}
          >
            {text.slot(slot.placement, slot.rule)}
          </button>
        ))}
      </div>
    </div>
  );
}

function PhoneLink({ link, expiresAt }: { link: string; expiresAt: number }): JSX.Element {
  return (
    <div class="phone-link">
      <Qr text={link} label={text.qr} />
      <div class="stack tight">
        <p class="strong">{text.phone}</p>
        <p class="soft small">{text.until(formatClock(expiresAt))}</p>
        <CopyButton text={link} label={text.copy} />
      </div>
    </div>
  );
}

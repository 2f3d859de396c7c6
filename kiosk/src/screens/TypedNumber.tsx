import { useState } from "preact/hooks";
import { readTyped } from "../scan/readTyped.ts";
import type { Scan } from "../session/session.ts";
import { useStrings } from "../strings/languages.ts";
import { Button } from "../ui/Button.tsx";

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** Longer than any number on a label. */
const MAX_CHARS = 64;

/**
 * For who would rather type than hold a label; with keys on the glass, since no keyboard hangs beside it.
 * @param isWanted nothing was found yet; else the keys come when the field is touched
 */
export function TypedNumber({ isWanted, onScan }: { isWanted: boolean; onScan: (scan: Scan) => void }) {
  const words = useStrings();
  const [number, setNumber] = useState("");
  const [isWrong, setWrong] = useState(false);
  const [isTouched, setTouched] = useState(false);
  const change = (next: string) => {
    setNumber(next.slice(0, MAX_CHARS));
    setWrong(false);
  };
  const find = (event: Event) => {
    event.preventDefault();
    if (!number.trim()) return;
    const scan = readTyped(number);
    setWrong(!scan);
    if (!scan) return;
    change("");
    setTouched(false);
    onScan(scan);
  };
  return (
    <form class="setup typed" onSubmit={find}>
      <label>
        {words.scanNumber}
        <input
          name="code"
          inputMode="numeric"
          autocomplete="off"
          maxLength={MAX_CHARS}
          value={number}
          onInput={({ currentTarget }) => change(currentTarget.value)}
          onFocus={() => setTouched(true)}
        />
      </label>
      {isWrong && (
        <p class="notice" role="alert">
          {words.typedWrong}
        </p>
      )}
      <div class={isWanted || isTouched ? "keypad" : "actions"}>
        {(isWanted || isTouched) && <Keys number={number} onChange={change} />}
        <button class="button">{words.scanFind}</button>
      </div>
    </form>
  );
}

function Keys({ number, onChange }: { number: string; onChange: (next: string) => void }) {
  const words = useStrings();
  const key = (digit: string) => (
    <Button key={digit} onPress={() => onChange(number + digit)}>
      {digit}
    </Button>
  );
  return (
    <>
      {DIGITS.map(key)}
      <Button
        label={words.typedDelete}
        disabled={number === ""}
        onPress={() => onChange(number.slice(0, -1))}
      >
        ⌫
      </Button>
      {key("0")}
    </>
  );
}

import type { ComponentChildren } from "preact";

/** A target of at least 20 mm, whatever the panel. `kind`: what it means here. */
export function Button({
  onPress,
  kind = "plain",
  disabled,
  label,
  pressed,
  lang,
  children,
}: {
  /** Left out where what holds the button hears its click. */
  onPress?: () => void;
  kind?: "plain" | "main" | "quiet" | "round";
  disabled?: boolean;
  /** Its name where the children are a picture. */
  label?: string;
  /** For a switch: which way it is. */
  pressed?: boolean;
  /** Of its words, where it is another than the screen's. */
  lang?: string;
  children: ComponentChildren;
}) {
  return (
    <button
      type="button"
      class={`button ${kind}`}
      disabled={disabled}
      aria-label={label}
      aria-pressed={pressed}
      lang={lang}
      onClick={onPress}
    >
      {children}
    </button>
  );
}
